package io.hyperfleet.rollout;

import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.id.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@code spec.rollout} of an adapter says, compiled.
 *
 * @param waves in their order; the last one takes everything
 * @param pause least time from one wave to the next
 * @param haltPercent of a hundred moved resources, so many that do worse halt it; at least one does in any case
 * @param within how long a moved resource may take to be as well as before
 */
public record RolloutPlan(List<Wave> waves, Duration pause, int haltPercent, Duration within) {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutPlan.class);
  private static final Duration PAUSE = Duration.ofMinutes(5);
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final int HALT_PERCENT = 5;
  private static final int ALL = 100;
  private static final int HASH_BYTES = 7;

  /**
   * Some of the resources.
   *
   * @param match which, by an expression; empty where the percentage says it
   * @param percent how many of a hundred, by a hash of their ids
   */
  public record Wave(Optional<CelProgram> match, int percent) {

    private boolean takes(String id, Map<String, ?> variables) {
      if (match.isEmpty()) {
        return bucket(id) < percent;
      }
      try {
        return match.get().test(variables);
      } catch (CelEvaluationException e) {
        LOG.debug("{} is in no wave by its expression: {}", id, e.getMessage());
        return false;
      }
    }
  }

  /**
   * What an {@code adapter.yaml} that has been checked says.
   *
   * @param spec its {@code spec}
   * @return empty if a changed folder applies at once
   */
  public static Optional<RolloutPlan> of(Map<?, ?> spec, CelEngine engine) {
    if (!(spec.get("rollout") instanceof Map<?, ?> rollout)) {
      return Optional.empty();
    }
    var variables = variables((String) spec.get("for"));
    var waves = new ArrayList<Wave>();
    for (Object item : (List<?>) rollout.get("waves")) {
      var wave = (Map<?, ?>) item;
      waves.add(new Wave(Optional.ofNullable(wave.get("match")).map(text -> engine.compile((String) text, variables)),
          wave.get("percent") instanceof Number percent ? percent.intValue() : 0));
    }
    Map<?, ?> halt = rollout.get("haltWhen") instanceof Map<?, ?> map ? map : Map.of();
    return Optional.of(new RolloutPlan(List.copyOf(waves),
        rollout.get("pause") instanceof String text ? duration(text) : PAUSE,
        halt.get("percent") instanceof Number percent ? percent.intValue() : HALT_PERCENT,
        halt.get("within") instanceof String text ? duration(text) : WITHIN));
  }

  /** The one variable of a wave's expression: the resource, by the name of its kind. */
  public static Set<String> variables(String kind) {
    return Set.of(variable(kind));
  }

  /** Whether a wave of some number of percent takes everything. */
  public static boolean isAll(Object percent) {
    return percent instanceof Number number && number.intValue() == ALL;
  }

  /**
   * The wave that a resource falls into, from 1.
   *
   * @param resource as expressions see it
   */
  public int waveOf(String kind, String id, Map<String, ?> resource) {
    var variables = Map.of(variable(kind), resource);
    for (int i = 0; i < waves.size(); i++) {
      if (waves.get(i).takes(id, variables)) {
        return i + 1;
      }
    }
    return waves.size();
  }

  private static String variable(String kind) {
    return kind.toLowerCase(Locale.ROOT);
  }

  /** The same number, 0 to 99, for the same id, whatever the adapter. */
  static int bucket(String id) {
    return (int) (Long.parseLong(Sha256.hex(id, HASH_BYTES), 16) % ALL);
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
