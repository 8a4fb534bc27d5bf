package io.hyperfleet.resource;

import com.fasterxml.jackson.databind.ObjectMapper;
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
  private static final String SCOPE = "/* scope */";
  private static final String WHERE = "/* where */";
  private static final String ORDER = "/* order */";

  private final JdbcClient jdbc;
  private final ResourceRows rows;

  public ResourceLists(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.rows = new ResourceRows(json);
  }

  /** One page of resources, those that are finalizing included. */
  public Page<Resource> list(ListScope scope, ListQuery query) {
    var total = bind(COUNT, scope, query).query(Long.class).single();
    if (query.offset() >= total) {
      return new Page<>(List.of(), total);
    }
    var order = query.order().stream().map(ListQuery.Order::sql).collect(Collectors.joining(", "));
    var items = bind(LIST.replace(ORDER, order), scope, query)
        .param("size", query.size())
        .param("offset", query.offset())
        .query(rows::resource)
        .list();
    return new Page<>(items, total);
  }

  /** What is due, the longest due first. Costs what is due, whatever the size of the fleet. */
  public List<DueResource> due(ListScope scope, int size) {
    return jdbc.sql(DUE.replace(SCOPE, scope.sql()))
        .params(scope.parameters())
        .param("size", size)
        .query(ResourceLists::dueResource)
        .list();
  }

  private JdbcClient.StatementSpec bind(String sql, ListScope scope, ListQuery query) {
    // The word is one of two constants; as text the planner can use the index of what is not Ready.
    var phase = query.phase() == null ? "" : "and r.phase = '" + query.phase().word() + "'";
    return jdbc.sql(sql.replace(SCOPE, scope.sql()).replace(WHERE, phase)).params(scope.parameters());
  }

  private static DueResource dueResource(ResultSet row, int number) throws SQLException {
    var phase = Phase.of(row.getString("phase"));
    int generation = row.getInt("generation");
    return new DueResource(row.getObject("id", UUID.class), generation, phase,
        Columns.instant(row, "next_event_time"), row.getInt("event_attempt"),
        DueReason.of(phase == Phase.READY, generation, row.getInt("reported_generation")).word());
  }
}
