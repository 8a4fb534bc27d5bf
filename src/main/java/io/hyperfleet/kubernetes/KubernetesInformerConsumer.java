package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.hyperfleet.log.FailureMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Processor;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates an exchange for each change from an informer, in order. The body is the object as a map; the variable {@code
 * action} is ADDED, MODIFIED or DELETED, {@code before} is the previously known object, or empty, and {@code missed}
 * whether a deletion was not observed but found by a new list. A broken watch is restarted for as long as the route
 * runs.
 */
class KubernetesInformerConsumer extends DefaultConsumer
    implements
      ResourceEventHandler<GenericKubernetesResource>,
      InformerCache {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesInformerConsumer.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  /** The client restarts a broken watch by itself, without notification. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** One thread keeps changes in order; the queue is unbounded, since Camel's default drops changes beyond 1,000. */
  private static final ThreadPoolProfile WORKER = new ThreadPoolProfileBuilder("kubernetes-informer").poolSize(1)
      .maxQueueSize(-1).build();

  private final KubernetesInformerEndpoint endpoint;
  private final AtomicLong restarts = new AtomicLong();
  private final AtomicBoolean outage = new AtomicBoolean();
  private ScheduledExecutorService worker;
  private volatile SharedIndexInformer<GenericKubernetesResource> informer;
  /** Whether the route has had all that was there when the informer began. */
  private volatile boolean told;
  /** Whether the watch was established at the last check. */
  private boolean watched;

  KubernetesInformerConsumer(KubernetesInformerEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    told = false;
    worker = endpoint.getCamelContext().getExecutorServiceManager()
        .newScheduledThreadPool(this, "kubernetes-informer", WORKER);
    worker.execute(this::watch);
  }

  @Override
  protected void doStop() throws Exception {
    stopInformer();
    endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(worker);
    stopInformer();
    super.doStop();
  }

  /**
   * Called before the worker ends, so that nothing is handed to it any more, and after, for it may just have made one.
   */
  private void stopInformer() {
    if (informer != null) {
      informer.stop();
    }
  }

  /** Retries while Kubernetes does not serve the kind or is unreachable. */
  private void watch() {
    try {
      informer = endpoint.informer();
    } catch (KubernetesClientException e) {
      broken(KubernetesErrors.details(e));
      worker.schedule(this::watch, RETRY.toSeconds(), TimeUnit.SECONDS);
      return;
    }
    informer.addEventHandler(this);
    informer.exceptionHandler((started, failure) -> {
      broken(FailureMessage.of(failure));
      return true;
    });
    // By now the objects of the first list are in the worker's queue.
    informer.start().thenRun(() -> worker.execute(() -> told = true));
    worker.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    boolean watching = isWatching(informer);
    if (watched && !watching) {
      broken("the connection is lost");
    } else if (watching && outage.compareAndSet(true, false)) {
      LOG.info("Watching {} again", endpoint);
    }
    watched = watching;
  }

  /** Counted and logged once, however often the client retries. */
  private void broken(String why) {
    if (outage.compareAndSet(false, true)) {
      restarts.incrementAndGet();
      LOG.warn("Cannot watch {}, trying again (logged once): {}", endpoint, why);
    }
  }

  @Override
  public boolean isComplete() {
    var current = informer;
    return told && current != null && current.hasSynced() && isWatching(current);
  }

  private static boolean isWatching(SharedIndexInformer<?> current) {
    try {
      return current.isWatching();
    } catch (NullPointerException e) {
      // The client reads a watch that it is just creating.
      return false;
    }
  }

  @Override
  public long restarts() {
    return restarts.get();
  }

  @Override
  public Optional<GenericKubernetesResource> find(String namespace, String name) {
    var current = informer;
    return current == null
        ? Optional.empty()
        : Optional.ofNullable(current.getStore().getByKey(Cache.namespaceKeyFunc(namespace, name)));
  }

  @Override
  public List<GenericKubernetesResource> all() {
    var current = informer;
    return current == null ? List.of() : current.getStore().list();
  }

  @Override
  public void onAdd(GenericKubernetesResource object) {
    worker.execute(() -> handle("ADDED", false, null, object));
  }

  @Override
  public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
    worker.execute(() -> handle("MODIFIED", false, before, object));
  }

  @Override
  public void onDelete(GenericKubernetesResource object, boolean lastStateUnknown) {
    if (lastStateUnknown) {
      // Found by a new list, after the API server had compacted its history.
      restarts.incrementAndGet();
    }
    worker.execute(() -> handle("DELETED", lastStateUnknown, object, object));
  }

  private void handle(String action, boolean missed, GenericKubernetesResource before,
      GenericKubernetesResource object) {
    var exchange = createExchange(false);
    try {
      exchange.setVariable("action", action);
      exchange.setVariable("missed", missed);
      exchange.setVariable("before", before == null ? Map.of() : endpoint.asMap(before));
      exchange.getIn().setBody(endpoint.asMap(object));
      getProcessor().process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    }
    if (exchange.getException() != null) {
      getExceptionHandler().handleException("Cannot handle a change of " + endpoint, exchange, exchange.getException());
    }
    releaseExchange(exchange, false);
  }
}
