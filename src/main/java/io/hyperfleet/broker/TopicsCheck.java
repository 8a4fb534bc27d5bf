package io.hyperfleet.broker;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.operation.BackgroundRetry;
import io.hyperfleet.operation.Backoff;
import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * The topics that the relay publishes to are there. They are looked for from the start on, and created where that is
 * configured, whether or not anybody probes.
 */
@Component
@ConditionalOnRole(Role.OUTBOX)
class TopicsCheck implements ReadinessCheck, InitializingBean, DisposableBean {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final Kinds kinds;
  private final BrokerAdmin admin;
  private final BackgroundRetry search = new BackgroundRetry("publish", BACKOFF, this::requireTopics);

  TopicsCheck(Kinds kinds, BrokerAdmin admin) {
    this.kinds = kinds;
    this.admin = admin;
  }

  @Override
  public void afterPropertiesSet() {
    search.start();
  }

  @Override
  public String name() {
    return "broker";
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

  private void requireTopics() {
    for (Kind kind : kinds.all()) {
      try {
        admin.requireTopic(kind.topic());
      } catch (IOException | RuntimeException e) {
        throw new IllegalStateException(BrokerErrors.describe("topic " + kind.topic(), e), e);
      }
    }
  }

  @Override
  public String lateText() {
    return "broker unavailable: no answer within " + LIMIT.toSeconds() + " s";
  }

  @Override
  public void destroy() {
    search.close();
  }
}
