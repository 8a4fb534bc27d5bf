package io.hyperfleet.election;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.KubernetesErrors;
import java.net.HttpURLConnection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acquires a free Lease, renews it, and steps down if it could not renew it in time, even while requests hang. Only the
 * Lease counts, neither pods nor other machines' clocks (docs/decisions/0057).
 */
final class LeaseElection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

  private final LeaseRequests requests;
  private final ElectionProperties properties;
  private final ScheduledExecutorService renewals = executor("election-renewal");
  private final ScheduledExecutorService deadlines = executor("election-deadline");
  /** Starting and stopping routes may take long and must not delay renewals. */
  private final ScheduledExecutorService terms = executor("election-term");
  private final ObservedLease observed;
  private Runnable listener = () -> {};
  private ScheduledFuture<?> deadline;
  private String failure = "";
  private volatile boolean leading;

  LeaseElection(LeaseRequests requests, ElectionProperties properties, String me) {
    this.requests = requests;
    this.properties = properties;
    this.observed = new ObservedLease(me, properties.leaseDuration());
  }

  private static ScheduledExecutorService executor(String name) {
    return Executors.newSingleThreadScheduledExecutor(task -> {
      var thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    });
  }

  /**
   * Begins.
   *
   * @param changed called after this process begins or ends to lead, one call at a time
   */
  void start(Runnable changed) {
    listener = changed;
    renewals.scheduleWithFixedDelay(this::look, 0, properties.retryPeriod().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    long begin = System.nanoTime();
    try {
      var lease = requests.read();
      if (mayTake(lease, begin)) {
        requests.take(lease, transitions()).ifPresent(taken -> renewed(taken, begin));
      }
      works();
    } catch (KubernetesClientException e) {
      failed(e);
    } catch (RuntimeException e) {
      // An exception would end the schedule.
      LOG.error("Cannot check {}", requests, e);
    }
  }

  private synchronized boolean mayTake(Lease lease, long begin) {
    observed.see(lease, begin);
    if (observed.isMineOrFree(begin)) {
      return true;
    }
    stepDown("it is held by " + observed.holder());
    return false;
  }

  private synchronized int transitions() {
    return observed.transitions();
  }

  private synchronized void renewed(Lease lease, long begin) {
    observed.see(lease, begin);
    long left = properties.renewDeadline().toNanos() - (System.nanoTime() - begin);
    if (left <= 0 || renewals.isShutdown()) {
      return;
    }
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline = deadlines.schedule(
        () -> stepDown("it could not be renewed within " + properties.renewDeadline().toSeconds() + " s"),
        left, TimeUnit.NANOSECONDS);
    if (!leading) {
      leading = true;
      LOG.info("Became leader: acquired {}", requests);
      terms.execute(listener);
    }
  }

  private synchronized void stepDown(String why) {
    if (leading) {
      leading = false;
      LOG.warn("No longer leader: {}, {}", requests, why);
      terms.execute(listener);
    }
  }

  private synchronized void works() {
    if (!failure.isEmpty()) {
      LOG.info("Can read and write {} again", requests);
      failure = "";
    }
  }

  private synchronized void failed(KubernetesClientException cause) {
    if (failure.isEmpty() && !renewals.isShutdown()) {
      LOG.warn("Cannot read or write {}, trying again (logged once): {}", requests,
          KubernetesErrors.details(cause));
    }
    failure = cause.getCode() < HttpURLConnection.HTTP_BAD_REQUEST
        ? "Kubernetes does not answer"
        : KubernetesErrors.details(cause);
  }

  /** Whether this process works. */
  boolean isLeading() {
    return leading;
  }

  /** Why there is no known leader; empty if there is one. */
  synchronized String problem() {
    if (leading || observed.isHeld(System.nanoTime())) {
      return "";
    }
    return "no known leader: " + (failure.isEmpty()
        ? "nobody holds " + requests + " yet"
        : "cannot read or write " + requests + ": " + failure);
  }

  /** Stops, and releases a held Lease, so that others need not wait until it expires. */
  @Override
  public void close() {
    renewals.shutdownNow();
    deadlines.shutdownNow();
    terms.shutdown();
    if (leading) {
      leading = false;
      try {
        requests.release();
      } catch (KubernetesClientException e) {
        LOG.info("Cannot release {}, it will expire: {}", requests, KubernetesErrors.details(e));
      }
    }
  }
}
