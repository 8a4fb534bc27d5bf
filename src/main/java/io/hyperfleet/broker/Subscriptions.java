package io.hyperfleet.broker;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The subscriptions that this process consumes: the topic of each, and what keeps it from being consumed. */
public class Subscriptions {

  private final Map<String, String> topics = new ConcurrentHashMap<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();

  /** Declares that a subscription of a topic is to be consumed. */
  public void declare(String subscription, String topic) {
    topics.put(subscription, topic);
    problems.put(subscription, "not yet connected");
  }

  /** Declares that a subscription is no longer to be consumed. */
  public void withdraw(String subscription) {
    topics.remove(subscription);
    problems.remove(subscription);
  }

  boolean isDeclared(String subscription) {
    return topics.containsKey(subscription);
  }

  /** The topic of a declared subscription. */
  String topicOf(String subscription) {
    var topic = topics.get(subscription);
    if (topic == null) {
      throw new IllegalArgumentException("Nobody has declared the subscription " + subscription);
    }
    return topic;
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
    return topics.keySet().stream().findFirst();
  }
}
