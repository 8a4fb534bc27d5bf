package io.hyperfleet.adapter.workload;

import io.hyperfleet.metric.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures the requests to delete objects. */
public final class DeletionMeters {

  private final MeterRegistry meters;
  private final Map<Kind, AtomicInteger> inProgress = new ConcurrentHashMap<>();

  private record Kind(String adapter, String kind) {}

  DeletionMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Makes a request and records its outcome. */
  void measure(String adapter, String kind, Runnable request) {
    var running = inProgress.computeIfAbsent(new Kind(adapter, kind), this::gauge);
    var status = "error";
    long start = System.nanoTime();
    running.incrementAndGet();
    try {
      request.run();
      status = "success";
    } finally {
      running.decrementAndGet();
      Metric.ADAPTER_DELETED.counter(meters, adapter, kind, status).increment();
      Metric.ADAPTER_DELETION_DURATION.timer(meters, adapter, kind).record(Duration.ofNanos(System.nanoTime() - start));
    }
  }

  private AtomicInteger gauge(Kind of) {
    var running = new AtomicInteger();
    Metric.ADAPTER_DELETIONS.gauge(meters, running, AtomicInteger::get, of.adapter(), of.kind());
    return running;
  }
}
