package io.hyperfleet.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When a resource's next event is due. Not Ready: with growing pauses, the first one after the write, counted anew by a
 * generation change and by progress. Ready: when the oldest required report has reached its greatest age; an event that
 * brings no newer report is repeated with the same growing pauses. Without required adapters: never.
 *
 * <p>Jitter is a number from -1 to 1 that the caller draws; 0 gives the plain pauses.
 */
public final class Schedule {

  private final ScheduleProperties properties;

  public Schedule(ScheduleProperties properties) {
    this.properties = properties;
  }

  /**
   * Where a resource stands in its schedule.
   *
   * @param nextEventTime null = never
   * @param attempt events since the last generation change, progress, or fresh report of a Ready resource
   */
  public record Position(Instant nextEventTime, int attempt) {

    /** A resource that no event is due for, ever. */
    public static final Position NEVER = new Position(null, 0);
  }

  /**
   * What the schedule needs to know of a resource.
   *
   * @param scheduled whether the kind has required adapters
   * @param oldestReport observed time of the oldest stored report of a required adapter, or null while one is missing
   */
  public record State(boolean scheduled, boolean ready, Instant oldestReport) {

    public State {
      ready = ready && oldestReport != null;
    }
  }

  /** After a write or progress that wrote an event of its own: the pauses start anew. */
  public Position restart(State state, Instant now, double jitter) {
    return state.scheduled() ? new Position(now.plus(pause(0, jitter)), 0) : Position.NEVER;
  }

  /** After a report that was no progress. */
  public Position afterReport(Position position, State state, boolean wasReady, Instant now, double jitter) {
    if (!state.scheduled()) {
      return Position.NEVER;
    }
    if (state.ready()) {
      return readyPosition(position, state, now);
    }
    var soon = now.plus(pause(position.attempt(), jitter));
    if (position.nextEventTime() == null || wasReady && soon.isBefore(position.nextEventTime())) {
      return new Position(soon, position.attempt());
    }
    return position;
  }

  /** After an event that won: one that was accepted, or that a waiting row stands for. */
  public Position afterEvent(Position position, State state, Instant now, double jitter) {
    if (!state.scheduled()) {
      return Position.NEVER;
    }
    if (state.ready() && due(state).isAfter(now)) {
      return new Position(due(state), 0);
    }
    int attempt = position.attempt() + 1;
    return new Position(now.plus(pause(attempt, jitter)), attempt);
  }

  private Position readyPosition(Position position, State state, Instant now) {
    var due = due(state);
    if (due.isAfter(now)) {
      return new Position(due, 0);
    }
    var current = position.nextEventTime();
    return new Position(current != null && current.isAfter(due) ? current : due, position.attempt());
  }

  private Instant due(State state) {
    return state.oldestReport().plus(properties.readyMaxAge());
  }

  private Duration pause(int attempt, double jitter) {
    var backoff = properties.backoff();
    double plain = attempt == 0
        ? Math.min(backoff.first().toNanos(), backoff.initial().toNanos())
        : Math.min(backoff.max().toNanos(), backoff.initial().toNanos() * Math.pow(backoff.multiplier(), attempt));
    return Duration.ofNanos((long) (plain * (1 + backoff.jitter() * jitter))).truncatedTo(ChronoUnit.MICROS);
  }
}
