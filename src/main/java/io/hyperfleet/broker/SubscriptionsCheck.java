package io.hyperfleet.broker;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Every subscription that this process consumes is connected, and the broker still knows them. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class SubscriptionsCheck implements ReadinessCheck {

  private final Subscriptions subscriptions;
  private final BrokerAdmin admin;

  SubscriptionsCheck(Subscriptions subscriptions, BrokerAdmin admin) {
    this.subscriptions = subscriptions;
    this.admin = admin;
  }

  @Override
  public String name() {
    return "broker";
  }

  @Override
  public String check() {
    var problems = subscriptions.problems();
    // One of them is enough to see whether the broker is there: an operator may run hundreds.
    return problems.isEmpty()
        ? subscriptions.any().map(this::ping).orElse(OK)
        : String.join("; ", problems.values());
  }

  private String ping(String subscription) {
    try {
      admin.requireSubscription(subscription, subscriptions.topicOf(subscription));
      return OK;
    } catch (IOException | RuntimeException e) {
      return BrokerErrors.describe("subscription " + subscription, e);
    }
  }

  @Override
  public String lateText() {
    return "broker unavailable: no answer within " + LIMIT.toSeconds() + " s";
  }
}
