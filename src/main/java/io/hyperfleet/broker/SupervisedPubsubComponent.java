package io.hyperfleet.broker;

import com.google.api.core.ApiService;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.SubscriptionName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Endpoint;
import org.apache.camel.component.google.pubsub.GooglePubsubComponent;
import org.apache.camel.component.google.pubsub.GooglePubsubEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's google-pubsub component with consumers that wait for missing subscriptions. The component alone polls a
 * missing subscription without a pause and gives up without credentials; here a consumer connects once the subscription
 * exists, checking after 1 s, 2 s and so on up to every 60 s, while {@code /readyz} names it. A consumer handles one
 * event at a time, so that {@code concurrentConsumers} is the number of events handled concurrently.
 *
 * <p>When it stops, a consumer finishes the current event and returns the others; the component has stopped once the
 * broker has the last acknowledgement.
 */
public class SupervisedPubsubComponent extends GooglePubsubComponent {

  private static final Logger LOG = LoggerFactory.getLogger(SupervisedPubsubComponent.class);
  private static final Duration STOP_CHECK = Duration.ofMillis(100);
  private static final Set<ApiService.State> ENDED = EnumSet.of(ApiService.State.TERMINATED, ApiService.State.FAILED);
  /** Time limit for the last acknowledgements, after the last event was handled. */
  private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(5);

  /** Time limit for publishing to the dead-letter topic; Camel's publishers would try for ten minutes. */
  private static final Duration COPY = Duration.ofSeconds(10);

  /** Its tasks never block. */
  private static final int HOUSEKEEPERS = 2;

  private final Map<String, Publisher> publishers = new ConcurrentHashMap<>();
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private final BrokerProperties.FlowControl flowControl;
  private final BrokerAdmin admin;
  private final Subscriptions subscriptions;
  private final PubSubConnection connection;
  private final MessageDispatcher handling;
  private ScheduledExecutorService housekeeping;

  SupervisedPubsubComponent(BrokerAdmin admin, Subscriptions subscriptions, PubSubConnection connection,
      BrokerProperties.FlowControl flowControl, MessageDispatcher handling) {
    this.handling = handling;
    this.flowControl = flowControl;
    this.admin = admin;
    this.subscriptions = subscriptions;
    this.connection = connection;
  }

  /** The starter sets its default of {@code authenticate} on the component last. */
  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
    var endpoint = (GooglePubsubEndpoint) super.createEndpoint(uri, remaining, parameters);
    endpoint.setAuthenticate(connection.authenticated());
    return endpoint;
  }

  @Override
  public Subscriber getSubscriber(String name, MessageReceiver receiver, GooglePubsubEndpoint endpoint)
      throws IOException {
    var subscription = SubscriptionName.parse(name).getSubscription();
    awaitSubscription(subscription);
    var observed = handling.observed(receiver, subscription, subscriptions.consumed(subscription));
    var started = new AtomicReference<Subscriber>();
    var subscriber = Subscriber.newBuilder(name, finishing(observed, started))
        .setChannelProvider(connection.subscriptionChannel())
        .setCredentialsProvider(connection.credentials())
        .setMaxAckExtensionPeriodDuration(Duration.ofSeconds(endpoint.getMaxAckExtensionPeriod()))
        .setParallelPullCount(1)
        .setExecutorProvider(InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(1).build())
        .setSystemExecutorProvider(FixedExecutorProvider.create(housekeeping()))
        .setFlowControlSettings(FlowControlSettings.newBuilder()
            .setMaxOutstandingElementCount(flowControl.maxMessages())
            .setMaxOutstandingRequestBytes(flowControl.maxBytes())
            .build())
        .build();
    started.set(subscriber);
    subscribers.removeIf(former -> ENDED.contains(former.state()));
    subscribers.add(subscriber);
    return subscriber;
  }

  @Override
  public Publisher getPublisher(String topic, GooglePubsubEndpoint endpoint) {
    return publishers.computeIfAbsent(topic, name -> {
      try {
        return Publisher.newBuilder(name).setChannelProvider(connection.topicChannel())
            .setCredentialsProvider(connection.credentials()).setRetrySettings(TopicPublishers.retry(COPY)).build();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /** Each subscriber checks for acknowledgements to send ten times a second; its own six threads would take turns. */
  private synchronized ScheduledExecutorService housekeeping() {
    if (housekeeping == null) {
      housekeeping = getCamelContext().getExecutorServiceManager()
          .newScheduledThreadPool(this, "pubsub-subscribers", HOUSEKEEPERS);
    }
    return housekeeping;
  }

  /**
   * Returns messages that were not started when the subscriber or Camel stops; otherwise all prefetched ones would be
   * handled first.
   */
  private MessageReceiver finishing(MessageReceiver receiver, AtomicReference<Subscriber> subscriber) {
    return (message, reply) -> {
      if (getCamelContext().isStopping() || subscriber.get().state() == ApiService.State.STOPPING) {
        reply.nack();
      } else {
        receiver.receiveMessage(message, reply);
      }
    };
  }

  /** Camel's consumers stop their subscribers without waiting for acknowledgements to be sent. */
  @Override
  protected void doStop() throws Exception {
    subscribers.forEach(Subscriber::stopAsync);
    long deadline = System.nanoTime() + LAST_ACKNOWLEDGEMENTS.toNanos();
    for (Subscriber subscriber : subscribers) {
      try {
        subscriber.awaitTerminated(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException | IllegalStateException e) {
        LOG.warn("{} did not stop in time; unacknowledged messages will be redelivered: {}",
            subscriber.getSubscriptionNameString(), e.toString());
      }
    }
    subscribers.clear();
    stopHousekeeping();
    publishers.values().forEach(Publisher::shutdown);
    publishers.clear();
    super.doStop();
  }

  private synchronized void stopHousekeeping() {
    if (housekeeping != null) {
      getCamelContext().getExecutorServiceManager().shutdownNow(housekeeping);
      housekeeping = null;
    }
  }

  private void awaitSubscription(String subscription) throws IOException {
    var topic = subscriptions.consumed(subscription).topic();
    for (int failures = 1;; failures++) {
      var pause = BrokerCheck.BACKOFF.after(failures);
      try {
        admin.requireSubscription(subscription, topic);
        subscriptions.connected(subscription);
        return;
      } catch (IOException | RuntimeException e) {
        var problem = BrokerErrors.describe("subscription " + subscription, e);
        subscriptions.failed(subscription, problem, BrokerErrors.isOfItsOwn(e));
        LOG.warn("Cannot consume the subscription {}, trying again in {} s: {}", subscription, pause.toSeconds(),
            problem);
      }
      pause(subscription, pause);
    }
  }

  private void pause(String subscription, Duration pause) throws InterruptedIOException {
    long end = System.nanoTime() + pause.toNanos();
    while (System.nanoTime() < end) {
      if (getCamelContext().getStatus().isStopping() || getCamelContext().getStatus().isStopped()
          || !subscriptions.isDeclared(subscription)) {
        throw new InterruptedIOException("stopped while waiting for the subscription");
      }
      try {
        TimeUnit.NANOSECONDS.sleep(STOP_CHECK.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for the subscription");
      }
    }
  }
}
