package io.hyperfleet.broker;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.Role;
import org.springframework.stereotype.Component;

/** Checks that the topics exist that the relay, or an operator's route, publishes to. */
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
