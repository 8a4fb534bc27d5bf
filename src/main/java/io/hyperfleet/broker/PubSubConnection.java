package io.hyperfleet.broker;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.DisposableBean;

/**
 * How this process reaches Pub/Sub: Google Cloud with its default credentials, or an emulator over plain channels, one
 * to publish and one to receive, so that a flood of the one does not hold up the other.
 */
public class PubSubConnection implements DisposableBean {

  /** Pub/Sub's largest message is 10 MB; what does not fit would be delivered again and again, and nothing else. */
  private static final int LARGEST_ANSWER = 20_000_000;
  /**
   * A connection that has been silent for so long, while a call waits, is asked whether it lives. Without that, one
   * that is half-open holds up every call for as long as the system repeats its packets, a quarter of an hour. Google's
   * other clients ask as often.
   */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
  private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(10);
  private static final long RECONNECT_NANOS = 1_000_000_000L;

  private final ManagedChannel publishing;
  private final ManagedChannel receiving;
  private final AtomicLong reconnected = new AtomicLong(System.nanoTime());

  public PubSubConnection(BrokerProperties properties) {
    this.publishing = properties.emulated() ? plainChannel(properties) : null;
    this.receiving = properties.emulated() ? plainChannel(properties) : null;
  }

  private static ManagedChannel plainChannel(BrokerProperties properties) {
    return ManagedChannelBuilder.forTarget(properties.emulatorHost()).usePlaintext()
        .maxInboundMessageSize(LARGEST_ANSWER)
        .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
        .build();
  }

  /** The channel of topic requests and of publishers. */
  public TransportChannelProvider topicChannel() {
    return publishing == null
        ? keptAlive(TopicAdminSettings.defaultGrpcTransportProviderBuilder())
        : fixed(publishing);
  }

  /** The channel of subscription requests. */
  public TransportChannelProvider subscriptionChannel() {
    return receiving == null
        ? keptAlive(SubscriptionAdminSettings.defaultGrpcTransportProviderBuilder())
        : fixed(receiving);
  }

  /**
   * Lets broken channels connect again now, at most once a second. gRPC alone would wait up to two minutes after a long
   * outage; to be called before each request that has a pace of its own.
   */
  void reconnect() {
    long now = System.nanoTime();
    long last = reconnected.get();
    if (publishing != null && now - last > RECONNECT_NANOS && reconnected.compareAndSet(last, now)) {
      publishing.resetConnectBackoff();
      receiving.resetConnectBackoff();
    }
  }

  /** Whether this is Google Cloud, which asks for credentials. */
  boolean authenticated() {
    return publishing == null;
  }

  /** An emulator knows no credentials. */
  public CredentialsProvider credentials() {
    return publishing == null
        ? TopicAdminSettings.defaultCredentialsProviderBuilder().build()
        : NoCredentialsProvider.create();
  }

  private static TransportChannelProvider keptAlive(InstantiatingGrpcChannelProvider.Builder channel) {
    return channel.setKeepAliveTimeDuration(KEEP_ALIVE).setKeepAliveTimeoutDuration(KEEP_ALIVE_TIMEOUT).build();
  }

  private static TransportChannelProvider fixed(ManagedChannel channel) {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
  }

  @Override
  public void destroy() {
    if (publishing != null) {
      publishing.shutdownNow();
      receiving.shutdownNow();
    }
  }
}
