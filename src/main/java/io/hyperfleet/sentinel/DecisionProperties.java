package io.hyperfleet.sentinel;

import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which resources of a kind get an event, said in CEL.
 *
 * @param over What is decided about: due (what the API's schedule says is due) or all (every resource at every look,
 * which costs the fleet).
 * @param params Values that the result is made of, computed in this order; each may use those before it.
 * @param result Condition over resource, event, now and the params; an event is asked for where it is true.
 */
public record DecisionProperties(
    @DefaultValue("due") Over over, @DefaultValue List<Param> params, @DefaultValue("true") String result) {

  /** Among which resources a decision chooses. */
  public enum Over {
    /** Those that are due by the schedule. */
    DUE,
    /** Every one, at every look. */
    ALL
  }

  /**
   * A value with a name.
   *
   * @param name Name under which the expressions after it use the value; required.
   * @param expr CEL expression of the value; required.
   */
  public record Param(@DefaultValue("") String name, @DefaultValue("") String expr) {}
}
