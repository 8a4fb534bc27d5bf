package io.hyperfleet.broker;

import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.beans.factory.DisposableBean;

/** How this process reaches Pub/Sub: Google Cloud with its default credentials, or an emulator over one plain channel. */
public class PubSubConnection implements DisposableBean {

  private static final long RECONNECT_NANOS = 1_000_000_000L;

  private final ManagedChannel emulator;
  private final AtomicLong reconnected = new AtomicLong(System.nanoTime());

  public PubSubConnection(BrokerProperties properties) {
    this.emulator = properties.emulated()
        ? ManagedChannelBuilder.forTarget(properties.emulatorHost()).usePlaintext().build()
        : null;
  }

  /** The channel of topic requests and of publishers. */
  public TransportChannelProvider topicChannel() {
    return emulator == null ? TopicAdminSettings.defaultTransportChannelProvider() : emulatorChannel();
  }

  /** The channel of subscription requests. */
  public TransportChannelProvider subscriptionChannel() {
    return emulator == null ? SubscriptionAdminSettings.defaultTransportChannelProvider() : emulatorChannel();
  }

  /**
   * Lets a broken channel connect again now, at most once a second. gRPC alone would wait up to two minutes after a long
   * outage; to be called before each request that has a pace of its own.
   */
  void reconnect() {
    long now = System.nanoTime();
    long last = reconnected.get();
    if (emulator != null && now - last > RECONNECT_NANOS && reconnected.compareAndSet(last, now)) {
      emulator.resetConnectBackoff();
    }
  }

  /** An emulator knows no credentials. */
  public CredentialsProvider credentials() {
    return emulator == null
        ? TopicAdminSettings.defaultCredentialsProviderBuilder().build()
        : NoCredentialsProvider.create();
  }

  private TransportChannelProvider emulatorChannel() {
    return FixedTransportChannelProvider.create(GrpcTransportChannel.create(emulator));
  }

  @Override
  public void destroy() {
    if (emulator != null) {
      emulator.shutdownNow();
    }
  }
}
