package io.hyperfleet.broker;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions that this process consumes: the topic of each, and what keeps it from being consumed. */
public class Subscriptions {

  private static final Trouble NOT_YET_CONNECTED = new Trouble("not yet connected", false);

  private final Map<String, Consumed> declared = new ConcurrentHashMap<>();
  private final Map<String, Trouble> problems = new ConcurrentHashMap<>();
  private final Duration firstLook;
  /** Since when somebody waits for first looks, null while nobody does: Camel may take long to start consumers. */
  private Long waitingSince;

  /**
   * Starts without any.
   *
   * @param firstLook how long a consumer may take until it has its subscription, or knows why not
   */
  public Subscriptions(Duration firstLook) {
    this.firstLook = firstLook;
  }

  /**
   * What is consumed.
   *
   * @param consumer who consumes it, such as the name of an adapter
   * @param needed whether this process is not ready without it
   */
  record Consumed(String topic, String consumer, boolean needed) {}

  /**
   * What keeps a subscription from being consumed.
   *
   * @param ofItsOwn whether it is about this subscription, as that it is missing, and not about the broker
   */
  record Trouble(String text, boolean ofItsOwn) {}

  /**
   * Declares that a subscription of a topic is to be consumed by somebody.
   *
   * @param needed whether this process is not ready when the broker does not have it, or has another one of that name
   */
  public synchronized void declare(String subscription, String topic, String consumer, boolean needed) {
    declared.put(subscription, new Consumed(topic, consumer, needed));
    problems.put(subscription, NOT_YET_CONNECTED);
    waitingSince = null;
  }

  /** Declares that a subscription is no longer to be consumed by somebody; when others do now, it stays declared. */
  public void withdraw(String subscription, String consumer) {
    if (declared.containsKey(subscription) && declared.get(subscription).consumer().equals(consumer)) {
      declared.remove(subscription);
      problems.remove(subscription);
    }
  }

  boolean isDeclared(String subscription) {
    return declared.containsKey(subscription);
  }

  /** The topic of a subscription; empty when nobody has declared it. */
  public Optional<String> topic(String subscription) {
    return Optional.ofNullable(declared.get(subscription)).map(Consumed::topic);
  }

  /**
   * Whether consumers of this process are about to get their subscriptions: what is published now may go to nobody.
   * False once each has one or knows why not, and when who asks has waited for as long as a first look may take.
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

  /** Who consumes a declared subscription, and of which topic it is. */
  Consumed consumed(String subscription) {
    var consumed = declared.get(subscription);
    if (consumed == null) {
      throw new IllegalArgumentException("Nobody has declared the subscription " + subscription);
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

  /** What keeps this process from being ready, by subscription. */
  Map<String, String> problems() {
    return problems(true);
  }

  /** What is wrong with subscriptions that this process is ready without. */
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

  /** One of the subscriptions that are consumed; what is needed comes first. */
  Optional<String> any() {
    return declared.entrySet().stream().filter(entry -> !problems.containsKey(entry.getKey()))
        .sorted(Comparator.comparing(entry -> !entry.getValue().needed())).map(Map.Entry::getKey).findFirst();
  }
}
