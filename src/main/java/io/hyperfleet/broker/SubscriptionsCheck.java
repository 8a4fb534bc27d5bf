package io.hyperfleet.broker;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Checks that every consumed subscription is connected and exists, and that the dead-letter topic exists. A missing
 * subscription of an adapter that is not built in is only named.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class SubscriptionsCheck extends BrokerCheck {

  private final Subscriptions subscriptions;
  private final BrokerAdmin admin;
  private final String deadLetterTopic;

  SubscriptionsCheck(Subscriptions subscriptions, BrokerAdmin admin, BrokerProperties properties) {
    super("keep dead letters");
    this.subscriptions = subscriptions;
    this.admin = admin;
    this.deadLetterTopic = properties.deadLetterTopic();
  }

  @Override
  public String check() {
    var minor = new TreeSet<>(subscriptions.minorProblems().values());
    var problems = Stream.concat(subscriptions(minor), deadLetters()).collect(Collectors.joining("; "));
    return !problems.isEmpty() ? problems : minor.isEmpty() ? OK : ReadinessCheck.okBut(String.join("; ", minor));
  }

  private Stream<String> subscriptions(Set<String> minor) {
    var problems = subscriptions.problems();
    // One of them is enough to check the broker: an operator may run hundreds.
    return problems.isEmpty()
        ? subscriptions.any().stream().flatMap(any -> ping(any, minor))
        : problems.values().stream();
  }

  private Stream<String> ping(String subscription, Set<String> minor) {
    try {
      admin.requireSubscription(subscription, subscriptions.consumed(subscription).topic());
      return Stream.empty();
    } catch (IOException | RuntimeException e) {
      var problem = BrokerErrors.describe("subscription " + subscription, e);
      if (BrokerErrors.isOfItsOwn(e) && !subscriptions.consumed(subscription).needed()) {
        minor.add(problem);
        return Stream.empty();
      }
      return Stream.of(problem);
    }
  }

  private Stream<String> deadLetters() {
    try {
      requireTopics();
      return Stream.empty();
    } catch (IllegalStateException e) {
      return Stream.of(e.getMessage());
    }
  }

  @Override
  void requireTopics() {
    require("dead-letter topic " + deadLetterTopic, admin::requireDeadLetters);
  }
}
