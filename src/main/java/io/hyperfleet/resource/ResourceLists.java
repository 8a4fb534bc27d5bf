package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.schedule.DueReason;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.status.Phase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists of resources. They see what is committed when each statement begins. */
@Repository
@ConditionalOnRole(Role.API)
public class ResourceLists {

  /** Columns that a list may be ordered by. */
  public static final Set<String> ORDER_COLUMNS = Set.of("id", "name", "kind", "href", "generation", "created_time",
      "updated_time", "deleted_time", "created_by", "updated_by", "deleted_by");

  private static final String LIST = SqlFile.read("resource-list");
  private static final String COUNT = SqlFile.read("resource-count");
  private static final String DUE = SqlFile.read("resource-due");
  private static final String WHERE = "/* where */";
  private static final String ORDER = "/* order */";

  private final JdbcClient jdbc;
  private final ResourceRows rows;

  public ResourceLists(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.rows = new ResourceRows(json);
  }

  /** One page of the resources of a kind, those that are finalizing included. */
  public Page<Resource> list(Kind kind, ListQuery query) {
    var total = bind(COUNT, kind, query).query(Long.class).single();
    if (query.offset() >= total) {
      return new Page<>(List.of(), total);
    }
    var order = query.order().stream().map(ListQuery.Order::sql).collect(Collectors.joining(", "));
    var items = bind(LIST.replace(ORDER, order), kind, query)
        .param("size", query.size())
        .param("offset", query.offset())
        .query(rows::resource)
        .list();
    return new Page<>(items, total);
  }

  /** What is due, the longest due first. Costs what is due, whatever the size of the fleet. */
  public List<DueResource> due(Kind kind, int size) {
    return jdbc.sql(DUE).param("kind", kind.name()).param("size", size).query(ResourceLists::dueResource).list();
  }

  private JdbcClient.StatementSpec bind(String sql, Kind kind, ListQuery query) {
    if (query.phase() == null) {
      return jdbc.sql(sql.replace(WHERE, "")).param("kind", kind.name());
    }
    // The word is one of two constants; as text the planner can use the index of what is not Ready.
    return jdbc.sql(sql.replace(WHERE, "and r.phase = '" + query.phase().word() + "'")).param("kind", kind.name());
  }

  private static DueResource dueResource(ResultSet row, int number) throws SQLException {
    var phase = Phase.of(row.getString("phase"));
    int generation = row.getInt("generation");
    return new DueResource(row.getObject("id", UUID.class), generation, phase,
        Columns.instant(row, "next_event_time"), row.getInt("event_attempt"),
        DueReason.of(phase == Phase.READY, generation, row.getInt("reported_generation")).word());
  }
}
