package io.hyperfleet.broker;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.Role;
import org.springframework.stereotype.Component;

/** The topics that the relay, or a route of the operator, publishes to are there. */
@Component
@ConditionalOnBroker(Role.OUTBOX)
class TopicsCheck extends BrokerCheck {

  private final Kinds kinds;
  private final BrokerAdmin admin;

  TopicsCheck(Kinds kinds, BrokerAdmin admin) {
    super("publish");
    this.kinds = kinds;
    this.admin = admin;
  }

  @Override
  public String check() {
    try {
      requireTopics();
      return OK;
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  @Override
  void requireTopics() {
    for (Kind kind : kinds.all()) {
      require("topic " + kind.topic(), () -> admin.requireTopic(kind.topic()));
    }
  }
}
