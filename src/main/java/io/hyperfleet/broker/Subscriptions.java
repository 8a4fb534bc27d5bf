package io.hyperfleet.broker;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions that this process consumes, with their topics and problems. */
public class Subscriptions {

  private static final Trouble NOT_YET_CONNECTED = new Trouble("not yet connected", false);

  private final Map<String, Consumed> declared = new ConcurrentHashMap<>();
  private final Map<String, Trouble> problems = new ConcurrentHashMap<>();
  private final Duration firstLook;
  /** Start of the wait for first connections, null if nothing waits: Camel may take long to start consumers. */
  private Long waitingSince;

  /**
   * Creates an empty registry.
   *
   * @param firstLook time limit for a consumer's first attempt to connect
   */
  public Subscriptions(Duration firstLook) {
    this.firstLook = firstLook;
  }

  /**
   * What is consumed.
   *
   * @param consumer its consumer, such as the name of an adapter
   * @param needed whether it is required for readiness
   */
  record Consumed(String topic, String consumer, boolean needed) {}

  /**
   * The problem of a subscription.
   *
   * @param ofItsOwn whether it concerns only this subscription, such as a missing one, and not the broker
   */
  record Trouble(String text, boolean ofItsOwn) {}

  /**
   * Declares that a consumer will consume a subscription of a topic.
   *
   * @param needed whether it is required for readiness
   */
  public synchronized void declare(String subscription, String topic, String consumer, boolean needed) {
    declared.put(subscription, new Consumed(topic, consumer, needed));
    problems.put(subscription, NOT_YET_CONNECTED);
    waitingSince = null;
  }

  /** Withdraws a consumer's declaration; others' declarations remain. */
  public void withdraw(String subscription, String consumer) {
    if (declared.containsKey(subscription) && declared.get(subscription).consumer().equals(consumer)) {
      declared.remove(subscription);
      problems.remove(subscription);
    }
  }

  boolean isDeclared(String subscription) {
    return declared.containsKey(subscription);
  }

  /** The topic of a subscription; empty if undeclared. */
  public Optional<String> topic(String subscription) {
    return Optional.ofNullable(declared.get(subscription)).map(Consumed::topic);
  }

  /**
   * Whether consumers of this process are still connecting, so that events published now might miss new subscriptions.
   * False once each is connected or has failed, or after the time limit for a first attempt.
   */
  public synchronized boolean areConnecting() {
    if (!problems.containsValue(NOT_YET_CONNECTED)) {
      return false;
    }
    if (waitingSince == null) {
      waitingSince = System.nanoTime();
    }
    return System.nanoTime() - waitingSince < firstLook.toNanos();
  }

  /** The consumer and topic of a declared subscription. */
  Consumed consumed(String subscription) {
    var consumed = declared.get(subscription);
    if (consumed == null) {
      throw new IllegalArgumentException("undeclared subscription " + subscription);
    }
    return consumed;
  }

  void connected(String subscription) {
    problems.remove(subscription);
  }

  void failed(String subscription, String problem, boolean ofItsOwn) {
    if (isDeclared(subscription)) {
      problems.put(subscription, new Trouble(problem, ofItsOwn));
    }
  }

  /** Problems that prevent readiness, by subscription. */
  Map<String, String> problems() {
    return problems(true);
  }

  /** Problems of subscriptions that are not required for readiness. */
  Map<String, String> minorProblems() {
    return problems(false);
  }

  private Map<String, String> problems(boolean serious) {
    Map<String, String> found = new TreeMap<>();
    problems.forEach((subscription, trouble) -> {
      var consumed = declared.get(subscription);
      if (consumed != null && (consumed.needed() || !trouble.ofItsOwn()) == serious) {
        found.put(subscription, trouble.text());
      }
    });
    return found;
  }

  /** One of the consumed subscriptions, required ones first. */
  Optional<String> any() {
    return declared.entrySet().stream().filter(entry -> !problems.containsKey(entry.getKey()))
        .sorted(Comparator.comparing(entry -> !entry.getValue().needed())).map(Map.Entry::getKey).findFirst();
  }
}
