package io.hyperfleet.broker;

import io.hyperfleet.operation.Backoff;
import io.hyperfleet.operation.BackgroundRetry;
import io.hyperfleet.operation.ReadinessCheck;
import java.io.IOException;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Checks that the broker has what a process needs. Topics are checked from the start on, and created if configured,
 * independent of probes.
 */
abstract class BrokerCheck implements ReadinessCheck, InitializingBean, DisposableBean {

  /** Pause between two checks. */
  static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final BackgroundRetry search;

  /**
   * A check of topics from the start on.
   *
   * @param purpose their purpose, to follow "Cannot" in messages
   */
  BrokerCheck(String purpose) {
    this.search = new BackgroundRetry(purpose, BACKOFF, this::requireTopics);
  }

  /**
   * Checks the topics.
   *
   * @throws IllegalStateException with what is wrong, in words for an operator
   */
  abstract void requireTopics();

  /** A request to the broker. */
  @FunctionalInterface
  interface Request {

    /** Sends it. */
    void send() throws IOException;
  }

  /** Sends a request about something that is named in failures. */
  static void require(String what, Request request) {
    try {
      request.send();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(BrokerErrors.describe(what, e), e);
    }
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
  public String lateText() {
    return "broker unavailable: no answer within " + LIMIT.toSeconds() + " s";
  }

  @Override
  public void destroy() {
    search.close();
  }
}
