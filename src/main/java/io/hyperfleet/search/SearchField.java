package io.hyperfleet.search;

import io.hyperfleet.search.Expression.Condition;
import io.hyperfleet.search.Expression.Field;
import java.util.Map;

/** A searchable field. */
interface SearchField {

  /** Columns of every resource; a name in a search never becomes SQL unless it stands here. */
  Map<String, ValueType> COLUMNS = Map.ofEntries(
      Map.entry("id", ValueType.ID), Map.entry("kind", ValueType.TEXT), Map.entry("name", ValueType.TEXT),
      Map.entry("href", ValueType.TEXT), Map.entry("owner_id", ValueType.ID), Map.entry("owner_kind", ValueType.TEXT),
      Map.entry("created_by", ValueType.TEXT), Map.entry("updated_by", ValueType.TEXT),
      Map.entry("deleted_by", ValueType.TEXT), Map.entry("generation", ValueType.NUMBER),
      Map.entry("created_time", ValueType.TIME), Map.entry("updated_time", ValueType.TIME),
      Map.entry("deleted_time", ValueType.TIME), Map.entry("paused_time", ValueType.TIME),
      Map.entry("paused_by", ValueType.TEXT));

  String ALLOWED = "allowed: created_by, created_time, deleted_by, deleted_time, generation, href, id, kind, name, "
      + "owner_id, owner_kind, paused_by, paused_time, updated_by, updated_time, labels.<key>, spec.<path>, status.phase, "
      + "status.observed_generation, status.last_updated_time, status.last_transition_time, status.conditions.<Type>, "
      + "status.conditions.<Type>.<last_updated_time, last_transition_time or observed_generation>";

  /** The condition as SQL. */
  String sql(Condition condition, Bindings bindings);

  /**
   * The condition as SQL that is null, neither true nor false, for a resource that has no such value, so that
   * {@code not} before it does not find those. Needed where the other form is false for them.
   */
  default String negatedSql(Condition condition, Bindings bindings) {
    return sql(condition, bindings);
  }

  /** Whether {@code not} may stand before a condition on it. */
  default boolean negatable() {
    return true;
  }

  /**
   * The field that a name means.
   *
   * @throws io.hyperfleet.problem.Problem {@code BAD_REQUEST} when there is none, with what there is
   */
  static SearchField of(Field field) {
    var path = field.path();
    var rest = path.subList(1, path.size());
    if (rest.isEmpty() && COLUMNS.containsKey(field.first())) {
      return new ColumnField("r." + field.first(), COLUMNS.get(field.first()));
    }
    if (field.first().equals("labels") && rest.size() == 1) {
      return new LabelField(rest.get(0));
    }
    if (field.first().equals("spec") && !rest.isEmpty()) {
      return new SpecField(rest);
    }
    var found = field.first().equals("status") ? StatusFields.of(field, rest) : null;
    if (found == null) {
      throw InvalidSearch.at(field.position(), "unknown field '" + field.name() + "'; " + ALLOWED);
    }
    return found;
  }
}
