package io.hyperfleet.faults.stage;

import io.hyperfleet.local.JsonClient.Answer;
import io.hyperfleet.local.SpawnedFleet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A user who creates one cluster after the other, whatever happens, and asks again for what was not answered. */
public final class Load implements AutoCloseable {

  /** Sends a POST of a cluster. */
  public interface Create {
    Answer send(String body);
  }

  private final String prefix;
  private final Supplier<Create> api;
  private final long pauseMillis;
  private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();
  private final Set<String> created = ConcurrentHashMap.newKeySet();
  private final Set<String> unavailableWithoutRetryAfter = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::run, "load");
  private volatile boolean ended;

  private Load(String prefix, long pauseMillis, Supplier<Create> api) {
    this.prefix = prefix;
    this.api = api;
    this.pauseMillis = pauseMillis;
  }

  /**
   * Starts to create.
   *
   * @param prefix of the clusters' names
   * @param api asked before each request where to send it
   */
  public static Load start(String prefix, long pauseMillis, Supplier<Create> api) {
    var load = new Load(prefix, pauseMillis, api);
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  private void run() {
    for (int i = 0; !ended; i++) {
      while (!ended && !create(prefix + i)) {
        pause();
      }
      pause();
    }
  }

  private boolean create(String name) {
    int status;
    try {
      var answer = api.get().send(SpawnedFleet.cluster(name));
      status = answer.status();
      if (status == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
        unavailableWithoutRetryAfter.add(answer.toString());
      }
    } catch (IllegalStateException e) {
      status = 0;
    }
    statuses.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
    boolean done = status == 201 || status == 409;
    if (done) {
      created.add(name);
    }
    return done;
  }

  private void pause() {
    try {
      Thread.sleep(pauseMillis);
    } catch (InterruptedException e) {
      ended = true;
    }
  }

  /** How often which status was answered; 0 = no answer. */
  public Map<Integer, AtomicInteger> statuses() {
    return statuses;
  }

  /** The names of what was created. */
  public Set<String> created() {
    return created;
  }

  public Set<String> unavailableWithoutRetryAfter() {
    return unavailableWithoutRetryAfter;
  }

  @Override
  public void close() throws InterruptedException {
    ended = true;
    thread.join();
  }
}
