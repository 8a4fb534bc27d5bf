package io.hyperfleet.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * When a resource's next event is due. Not Ready: with growing pauses from the write on, restarted by a generation
 * change and by progress. Ready: when the oldest required report has reached its greatest age; an event that brings no
 * newer report is repeated with the same growing pauses. Without required adapters: never.
 *
 * <p>An event is outstanding until each required adapter has answered it. While it is, the next one waits for the
 * answers, but no longer than {@code hyperfleet.schedule.unanswered}, so that a fleet that is slow gets no more to do
 * because it is slow, and a resource with an absent adapter still gets events. After the last answer, the next event is
 * due as soon as its pause is over. An event that is known to wait in the adapters' queues is not followed by another.
 *
 * <p>Jitter is a number from -1 to 1 that the caller draws; 0 gives the plain pauses.
 */
public final class Schedule {

  private static final int PATIENCE = 10;

  private final ScheduleProperties properties;
  private final Duration fresh;

  /**
   * A schedule.
   *
   * @param fresh an adapter that is available and has reported no longer ago than this does not report again
   */
  public Schedule(ScheduleProperties properties, Duration fresh) {
    this.properties = properties;
    this.fresh = fresh;
  }

  /**
   * State of a resource in its schedule.
   *
   * @param nextEventTime null = never
   * @param attempt events since the last generation change, progress, or fresh report of a Ready resource
   * @param lastEventTime when the last event was written, by the database's clock; null = none that is known
   * @param outstandingSince when the first event was written that not every required adapter has answered; null = there
   * is none
   */
  public record Position(Instant nextEventTime, int attempt, Instant lastEventTime, Instant outstandingSince) {

    /** A resource that no event is due for, ever. */
    public static final Position NEVER = new Position(null, 0, null, null);

    /** Whether a required adapter has not answered the last event yet. */
    public boolean outstanding() {
      return outstandingSince != null;
    }
  }

  /**
   * The last answer of a required adapter.
   *
   * @param time when the API accepted it, by the database's clock; null = there is none
   * @param available whether the adapter is available at the current generation
   * @param reached when the newest event was written that the adapter has handled, of any resource; null = unknown, or
   * the adapter is not busy
   */
  public record Answer(Instant time, boolean available, Instant reached) {

    /** That of an adapter of whose queue nothing is known. */
    public Answer(Instant time, boolean available) {
      this(time, available, null);
    }
  }

  /**
   * What the schedule needs to know of a resource.
   *
   * @param oldestReport observed time of the oldest stored report of a required adapter, or null while one is missing
   * @param answers the last one of each required adapter; empty for a kind without any
   */
  public record State(boolean ready, Instant oldestReport, List<Answer> answers) {

    public State {
      ready = ready && oldestReport != null;
    }

    boolean scheduled() {
      return !answers.isEmpty();
    }
  }

  /** After a write, or progress that wrote its own event: the pauses start over. */
  public Position restart(Position position, State state, Instant now, double jitter) {
    return state.scheduled() ? sent(position, state, 0, now, jitter) : Position.NEVER;
  }

  /** After a report that was no progress. */
  public Position afterReport(Position position, State state, boolean wasReady, Instant now, double jitter) {
    if (!state.scheduled()) {
      return Position.NEVER;
    }
    var settled = settle(position, state, jitter);
    if (state.ready()) {
      return readyPosition(settled, state, now);
    }
    var soon = now.plus(pause(position.attempt(), jitter));
    var next = settled.nextEventTime();
    return next == null || wasReady && soon.isBefore(next) ? at(settled, soon) : settled;
  }

  /** After an answer that is not stored as a report, since it contains nothing new. */
  public Position afterAnswer(Position position, State state, double jitter) {
    return state.scheduled() ? settle(position, state, jitter) : Position.NEVER;
  }

  /** After an accepted event, or one coalesced with a pending row. */
  public Position afterEvent(Position position, State state, Instant now, double jitter) {
    if (!state.scheduled()) {
      return Position.NEVER;
    }
    if (state.ready() && due(state).isAfter(now)) {
      return new Position(due(state), 0, now, since(position, state, now));
    }
    return sent(position, state, position.attempt() + 1, now, jitter);
  }

  /**
   * After a request for an event while the last one still waits in adapters' queues, where another one would only make
   * these longer: asked again when the adapter that is behind the most should have come to it. Empty if it does not
   * wait, or has waited for ten times {@code unanswered} and another adapter may need an event. An adapter that is
   * available and has answered, or will skip the event, neither needs another one nor counts as behind.
   */
  public Optional<Position> whileQueued(Position position, State state, Instant now) {
    var event = position.lastEventTime();
    if (event == null || properties.unanswered().isZero()) {
      return Optional.empty();
    }
    var unfinished = state.answers().stream().filter(answer -> !(answer.available() && answered(answer, event)))
        .toList();
    var behind = unfinished.stream().map(Answer::reached)
        .filter(reached -> reached != null && reached.isBefore(event)).sorted().toList();
    if (behind.isEmpty()) {
      return Optional.empty();
    }
    var soonest = now.plus(properties.backoff().initial());
    var next = earlier(now.plus(properties.unanswered()),
        later(soonest, now.plus(Duration.between(behind.get(0), event))));
    if (behind.size() == unfinished.size()) {
      return Optional.of(at(position, next));
    }
    var last = event.plus(properties.unanswered().multipliedBy(PATIENCE));
    return last.isAfter(now) ? Optional.of(at(position, earlier(last, next))) : Optional.empty();
  }

  private Position sent(Position position, State state, int attempt, Instant event, double jitter) {
    var since = since(position, state, event);
    var next = event.plus(pause(attempt, jitter));
    return new Position(since == null ? next : later(next, event.plus(properties.unanswered())), attempt, event, since);
  }

  /** Since when something is outstanding after an event: maybe since an earlier one. */
  private Instant since(Position position, State state, Instant event) {
    return !outstanding(state, event) ? null : position.outstanding() ? position.outstandingSince() : event;
  }

  /** The same position until the last answer is there: then the next event is due as soon as its pause is over. */
  private Position settle(Position position, State state, double jitter) {
    var event = position.lastEventTime();
    if (!position.outstanding() || outstanding(state, event)) {
      return position;
    }
    var answered = state.answers().stream().map(Answer::time).max(Instant::compareTo).orElse(event);
    return new Position(later(event.plus(pause(position.attempt(), jitter)), answered), position.attempt(), event,
        null);
  }

  private boolean outstanding(State state, Instant event) {
    return event != null && state.answers().stream().anyMatch(answer -> !answered(answer, event));
  }

  private boolean answered(Answer answer, Instant event) {
    return answer.time() != null && (!answer.time().isBefore(event)
        || answer.available() && answer.time().isAfter(event.minus(fresh)));
  }

  private Position readyPosition(Position position, State state, Instant now) {
    var due = due(state);
    if (due.isAfter(now)) {
      return new Position(due, 0, position.lastEventTime(), position.outstandingSince());
    }
    var current = position.nextEventTime();
    return current != null && current.isAfter(due) ? position : at(position, due);
  }

  private static Position at(Position position, Instant next) {
    return new Position(next, position.attempt(), position.lastEventTime(), position.outstandingSince());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
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
