package io.hyperfleet.resource.list;

import io.hyperfleet.search.SearchFilter;
import io.hyperfleet.status.Phase;
import java.util.HashMap;
import java.util.Map;

/**
 * Filter of a list within its scope.
 *
 * @param phase null for every phase
 */
public record ListFilter(Phase phase, SearchFilter search) {

  /** All of them. */
  public static final ListFilter ALL = new ListFilter(null, SearchFilter.ALL);

  String sql(ListScope scope) {
    return scope.sql() + (phase == null ? "" : " and r.phase = :phase")
        + (search.equals(SearchFilter.ALL) ? "" : " and " + search.sql());
  }

  Map<String, Object> parameters(ListScope scope) {
    var parameters = new HashMap<>(scope.parameters());
    parameters.putAll(search.parameters());
    if (phase != null) {
      parameters.put("phase", phase.word());
    }
    return parameters;
  }
}
