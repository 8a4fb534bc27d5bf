package io.hyperfleet.broker;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.stereotype.Component;

/** Every subscription that this process consumes is connected. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class ConsumersCheck implements ReadinessCheck {

  private final Subscriptions subscriptions;

  ConsumersCheck(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  @Override
  public String name() {
    return "subscriptions";
  }

  @Override
  public String check() {
    var problems = subscriptions.problems();
    return problems.isEmpty() ? OK : String.join("; ", problems.values());
  }
}
