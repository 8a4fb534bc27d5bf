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
 * The connection to Pub/Sub: Google Cloud with default credentials, or an emulator over plain channels. Publishing and
 * receiving use separate channels, so that neither delays the other.
 */
public class PubSubConnection implements DisposableBean {

  /** The maximum size of Pub/Sub messages is 10 MB; a larger one would be redelivered forever and block others. */
  private static final int LARGEST_ANSWER = 20_000_000;
  /**
   * Keep-alive interval while a call waits. Without it, a half-open connection blocks every call for as long as the
   * system retransmits, a quarter of an hour. Google's other clients use the same interval.
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
   * Makes broken channels reconnect now, at most once a second. gRPC alone would wait up to two minutes after a long
   * outage. To be called before each paced request.
   */
  void reconnect() {
    long now = System.nanoTime();
    long last = reconnected.get();
    if (publishing != null && now - last > RECONNECT_NANOS && reconnected.compareAndSet(last, now)) {
      publishing.resetConnectBackoff();
      receiving.resetConnectBackoff();
    }
  }

  /** Whether this is Google Cloud, which requires credentials. */
  boolean authenticated() {
    return publishing == null;
  }

  /** An emulator uses no credentials. */
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
