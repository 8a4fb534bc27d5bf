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
import org.springframework.beans.factory.DisposableBean;

/** How this process reaches Pub/Sub: Google Cloud with its default credentials, or an emulator over one plain channel. */
public class PubSubConnection implements DisposableBean {

  private final ManagedChannel emulator;

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
