package io.hyperfleet.sentinel;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * CEL rules that decide which resources of a kind get an event.
 *
 * @param over Candidates: due (resources that are due by the API's schedule) or all (every resource at every poll,
 * whose cost grows with the fleet).
 * @param params Named values for the result, computed in this order; each may use earlier ones.
 * @param result Condition over resource, event, now and the params; an event is requested if it is true.
 */
public record DecisionProperties(
    @DefaultValue("due") Over over, @DefaultValue List<Param> params, @DefaultValue("true") String result) {

  /** Among which resources a decision chooses. */
  public enum Over {
    /** Those that are due by the schedule. */
    DUE,
    /** Every resource, at every poll. */
    ALL
  }

  /**
   * A named value.
   *
   * @param name Name of the value in later expressions; required.
   * @param expr CEL expression that yields the value; required.
   */
  public record Param(@DefaultValue("") String name, @DefaultValue("") String expr) {}
}
