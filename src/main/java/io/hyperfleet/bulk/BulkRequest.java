package io.hyperfleet.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.search.SearchFilter;
import java.util.ArrayList;
import java.util.List;

/** A validated request for a bulk operation. */
record BulkRequest(String action, Kind kind, String search, String adapter, int rate) {

  private static final List<String> ACTIONS = List.of(BulkOperation.RETRY, BulkOperation.RECONCILE);
  private static final int MOST_RATE = 100;
  private static final int RATE = 10;

  /**
   * Reads a request.
   *
   * @throws Problem {@code VALIDATION}, or {@code BAD_REQUEST} for the search
   */
  static BulkRequest parse(ObjectNode body, Kinds kinds) {
    var fields = new JsonFields(body);
    var action = fields.string("action");
    var kind = fields.string("kind");
    var search = fields.string("search");
    var adapter = fields.string("adapter");
    var rate = fields.integer("rate");
    fields.throwIfWrong();
    var errors = new ArrayList<FieldError>();
    if (action == null) {
      errors.add(FieldError.required("action"));
    } else if (!ACTIONS.contains(action)) {
      errors.add(new FieldError("action", "action must be one of " + String.join(", ", ACTIONS), action, "enum"));
    }
    var named = kinds.named(kind == null ? "Cluster" : kind);
    if (named.isEmpty()) {
      errors.add(new FieldError("kind", "kind must be one of " + kinds.names(), kind, "enum"));
    }
    if (adapter != null && BulkOperation.RECONCILE.equals(action)) {
      errors.add(new FieldError("adapter", "adapter is only allowed with the action retry", adapter, null));
    } else if (adapter != null && !AdapterNames.isName(adapter)) {
      errors.add(new FieldError("adapter", "adapter must be " + AdapterNames.ALLOWED, null, "pattern"));
    }
    if (rate != null && (rate < 1 || rate > MOST_RATE)) {
      errors.add(new FieldError("rate", "rate must be 1 to " + MOST_RATE, rate, rate < 1 ? "min" : "max"));
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    SearchFilter.parse(search);
    return new BulkRequest(action, named.get(), search == null || search.isBlank() ? null : search.strip(), adapter,
        rate == null ? RATE : rate);
  }
}
