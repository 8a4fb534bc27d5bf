package io.hyperfleet.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.json.StoredInstants;
import io.hyperfleet.schedule.Schedule;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.Condition;
import io.hyperfleet.status.Phase;
import io.hyperfleet.status.Progress;
import io.hyperfleet.status.ResourceStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.dao.DataRetrievalFailureException;

/** Converts rows of {@code resource-read.sql} and {@code resource-list.sql} into resources. */
public final class ResourceRows {

  private static final TypeReference<TreeMap<String, String>> LABELS = new TypeReference<>() {};
  private static final TypeReference<TreeMap<String, List<ObjectReference>>> REFERENCES = new TypeReference<>() {};
  private static final TypeReference<List<Condition>> CONDITIONS = new TypeReference<>() {};
  private static final TypeReference<List<AdapterStatus>> REPORTS = new TypeReference<>() {};

  private static final TypeReference<JsonNode> TREE = new TypeReference<>() {};

  private final ObjectMapper json;

  public ResourceRows(ObjectMapper json) {
    this.json = StoredInstants.readBy(json);
  }

  /** The same with the reports about it, null where they were not asked for, and the time of the statement. */
  public ResourceSnapshot snapshot(ResultSet row, int number) throws SQLException {
    var reports = row.getString("reports");
    return new ResourceSnapshot(resource(row, number), reports == null ? null : parse(reports, REPORTS),
        Columns.instant(row, "read_time"));
  }

  /** The resource of the row that stands there. */
  public Resource resource(ResultSet row, int number) throws SQLException {
    return new Resource(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getString("name"),
        row.getString("href"),
        owner(row),
        tree(row.getString("spec")),
        tree(row.getString("tenancy")),
        labels(row),
        references(row),
        row.getInt("generation"),
        status(row),
        new Tracking(
            row.getInt("reported_generation"),
            position(row),
            new Progress.Window(Columns.instant(row, "progress_window_start"), row.getInt("progress_count"))),
        new Audit(
            Columns.instant(row, "created_time"),
            row.getString("created_by"),
            Columns.instant(row, "updated_time"),
            row.getString("updated_by"),
            Columns.instant(row, "deleted_time"),
            row.getString("deleted_by"),
            Columns.instant(row, "paused_time"),
            row.getString("paused_by")));
  }

  private static Schedule.Position position(ResultSet row) throws SQLException {
    return new Schedule.Position(Columns.instant(row, "next_event_time"), row.getInt("event_attempt"),
        Columns.instant(row, "last_event_time"), Columns.instant(row, "outstanding_since"));
  }

  static ObjectReference owner(ResultSet row) throws SQLException {
    var id = row.getObject("owner_id", UUID.class);
    return id == null ? null : new ObjectReference(id, row.getString("owner_kind"), row.getString("owner_href"));
  }

  private Map<String, String> labels(ResultSet row) throws SQLException {
    var labels = row.getString("labels");
    return labels == null ? Map.of() : parse(labels, LABELS);
  }

  private Map<String, List<ObjectReference>> references(ResultSet row) throws SQLException {
    var references = row.getString("refs");
    return references == null ? Map.of() : parse(references, REFERENCES);
  }

  private ResourceStatus status(ResultSet row) throws SQLException {
    var conditions = row.getString("conditions");
    return new ResourceStatus(
        Phase.of(row.getString("phase")),
        row.getInt("status_observed_generation"),
        Columns.instant(row, "status_last_transition_time"),
        Columns.instant(row, "status_last_updated_time"),
        conditions == null ? List.of() : parse(conditions, CONDITIONS));
  }

  private <T> T parse(String text, TypeReference<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new DataRetrievalFailureException("a JSON column does not hold what this version wrote", e);
    }
  }

  private JsonNode tree(String text) {
    return parse(text, TREE);
  }
}
