package io.hyperfleet.broker;

import io.hyperfleet.operation.Backoff;
import io.hyperfleet.operation.BackgroundRetry;
import io.hyperfleet.operation.ReadinessCheck;
import java.io.IOException;
import java.time.Duration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * What a process needs of the broker is there. Its topics are looked for from the start on, and created where that is
 * configured, whether or not anybody probes.
 */
abstract class BrokerCheck implements ReadinessCheck, InitializingBean, DisposableBean {

  /** Between two looks for what is missing. */
  static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));

  private final BackgroundRetry search;

  /**
   * A check that looks for topics at the start.
   *
   * @param purpose what cannot be done without them, as it goes on after "Cannot"
   */
  BrokerCheck(String purpose) {
    this.search = new BackgroundRetry(purpose, BACKOFF, this::requireTopics);
  }

  /**
   * Looks for the topics.
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

  /** Sends a request about something; a failure says what that is. */
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
