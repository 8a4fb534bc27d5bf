package io.hyperfleet.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Clients that do the same work at the same time, over and over. */
final class Load {

  private static final int WARMING_CLIENTS = 4;
  private static final Duration WARMING = Duration.ofSeconds(10);
  private static final int MOST_ROUNDS = 18;

  /** One client's work; opened and closed by the client's own thread. */
  interface Client extends AutoCloseable {

    void once() throws Exception;

    @Override
    default void close() throws Exception {}
  }

  /**
   * What came of it.
   *
   * @param perSecond how often the work was done, all clients together
   * @param latencies milliseconds; in paced runs from when the work was due, not from when it began
   */
  record Result(double perSecond, Measurements latencies) {}

  private Load() {}

  /** As fast as the clients can. */
  static Result full(int clients, Duration time, Callable<? extends Client> open) throws Exception {
    return run(clients, time, 0, open);
  }

  /**
   * Until the compiler has little left to do, which takes it a minute or more; at most three. Few clients leave it the
   * processors.
   */
  static void warm(Callable<? extends Client> open) throws Exception {
    var compiler = ManagementFactory.getCompilationMXBean();
    long before;
    int rounds = 0;
    do {
      before = compiler.getTotalCompilationTime();
      full(WARMING_CLIENTS, WARMING, open);
      rounds++;
    } while (rounds < MOST_ROUNDS
        && compiler.getTotalCompilationTime() - before > WARMING.toMillis() / 10);
  }

  /** At a rate. */
  static Result paced(int clients, Duration time, double perSecond, Callable<? extends Client> open) throws Exception {
    return run(clients, time, (long) (clients * 1e9 / perSecond), open);
  }

  /** As fast as the clients can, so often all together. */
  static void times(int clients, int times, Callable<? extends Client> open) throws Exception {
    var left = new AtomicInteger(times);
    var threads = Executors.newFixedThreadPool(clients);
    try {
      var runs = new ArrayList<Future<Void>>();
      for (int i = 0; i < clients; i++) {
        runs.add(threads.submit(() -> {
          try (var client = open.call()) {
            while (left.getAndDecrement() > 0) {
              client.once();
            }
          }
          return null;
        }));
      }
      for (var run : runs) {
        run.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Result run(int clients, Duration time, long interval, Callable<? extends Client> open)
      throws Exception {
    var threads = Executors.newFixedThreadPool(clients);
    try {
      long start = System.nanoTime();
      List<Future<List<Long>>> runs = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        long first = start + interval * i / clients;
        runs.add(threads.submit(() -> work(open, first, interval, start + time.toNanos())));
      }
      var latencies = new Measurements();
      long done = 0;
      for (var run : runs) {
        for (long nanos : run.get()) {
          latencies.add(Measurements.millis(nanos));
          done++;
        }
      }
      return new Result(Math.round(done * 1e9 / (System.nanoTime() - start)), latencies);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Long> work(Callable<? extends Client> open, long first, long interval, long end)
      throws Exception {
    var latencies = new ArrayList<Long>();
    try (var client = open.call()) {
      for (long due = first; System.nanoTime() < end; due += interval) {
        while (interval > 0 && System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        long begin = interval > 0 ? due : System.nanoTime();
        client.once();
        latencies.add(System.nanoTime() - begin);
      }
    }
    return latencies;
  }
}
