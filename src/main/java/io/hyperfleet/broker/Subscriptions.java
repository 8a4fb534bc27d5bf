package io.hyperfleet.broker;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions that this process consumes: the topic of each, and what keeps it from being consumed. */
public class Subscriptions {

  private final Map<String, Consumed> declared = new ConcurrentHashMap<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();

  /**
   * What is consumed.
   *
   * @param consumer who consumes it, such as the name of an adapter
   */
  record Consumed(String topic, String consumer) {}

  /** Declares that a subscription of a topic is to be consumed by somebody. */
  public void declare(String subscription, String topic, String consumer) {
    declared.put(subscription, new Consumed(topic, consumer));
    problems.put(subscription, "not yet connected");
  }

  /** Declares that a subscription is no longer to be consumed. */
  public void withdraw(String subscription) {
    declared.remove(subscription);
    problems.remove(subscription);
  }

  boolean isDeclared(String subscription) {
    return declared.containsKey(subscription);
  }

  /** The topic of a subscription; empty when nobody has declared it. */
  public Optional<String> topic(String subscription) {
    return Optional.ofNullable(declared.get(subscription)).map(Consumed::topic);
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

  void failed(String subscription, String problem) {
    if (isDeclared(subscription)) {
      problems.put(subscription, problem);
    }
  }

  /** What keeps which subscription from being consumed; empty when all is well. */
  public Map<String, String> problems() {
    return new TreeMap<>(problems);
  }

  /** One of the declared subscriptions. */
  Optional<String> any() {
    return declared.keySet().stream().findFirst();
  }
}
