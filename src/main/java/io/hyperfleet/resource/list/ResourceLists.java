package io.hyperfleet.resource.list;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.resource.ResourceRows;
import io.hyperfleet.resource.ResourceSnapshot;
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

/** Lists of resources. Each statement sees what is committed when it starts. */
@Repository
@ConditionalOnRole(Role.API)
public class ResourceLists {

  /** Columns that a list may be ordered by. */
  public static final Set<String> ORDER_COLUMNS = Set.of("id", "name", "kind", "href", "generation", "created_time",
      "updated_time", "deleted_time", "created_by", "updated_by", "deleted_by");

  /** Smaller than every id. */
  public static final UUID FIRST = new UUID(0, 0);

  private static final String LIST = SqlFile.read("resource-list");
  private static final String COUNT = SqlFile.read("resource-count");
  private static final String DUE = SqlFile.read("resource-due");
  private static final String WALK = SqlFile.read("resource-walk");
  private static final String WHERE = "/* where */";
  private static final String ORDER = "/* order */";
  private static final String REPORTS = "/* reports */";

  private final JdbcClient jdbc;
  private final ResourceRows rows;

  public ResourceLists(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.rows = new ResourceRows(json);
  }

  /**
   * One page of resources, those that are finalizing included. A page past the end costs the count only; any other one
   * steps over ids in an index, so that the last page costs about what the count costs.
   */
  public Page<ResourceSnapshot> list(ListScope scope, ListQuery query) {
    var total = bind(count(scope, query.filter()), scope, query.filter()).query(Long.class).single();
    if (query.offset() >= total) {
      return new Page<>(List.of(), total);
    }
    var items = bind(list(scope, query.filter(), query.order(), query.reports()), scope, query.filter())
        .param("size", query.size())
        .param("offset", query.offset())
        .query(rows::snapshot)
        .list();
    return new Page<>(items, total);
  }

  /** How many there are. */
  public long total(ListScope scope, ListFilter filter) {
    return bind(count(scope, filter), scope, filter).query(Long.class).single();
  }

  /**
   * Due resources, the longest due first. The cost depends on what is due, not on the size of the fleet.
   *
   * @param after the last position of the step before, {@link DuePosition#FIRST} at the beginning
   */
  public List<DueResource> due(ListScope scope, ListFilter filter, DuePosition after, int size) {
    return bind(due(scope, filter), scope, filter)
        .param("afterTime", after.time()).param("afterId", after.id()).param("size", size)
        .query(ResourceLists::dueResource).list();
  }

  /**
   * The resources behind one, in the order of their ids, whether they are due or not. Walking through all of them costs
   * the fleet; each step costs what it answers.
   *
   * @param after the last id of the step before, {@link #FIRST} at the beginning
   */
  public List<DueResource> walk(ListScope scope, ListFilter filter, UUID after, int size) {
    return bind(walk(scope, filter), scope, filter).param("after", after).param("size", size)
        .query(ResourceLists::dueResource).list();
  }

  static String count(ListScope scope, ListFilter filter) {
    return COUNT.replace(WHERE, filter.sql(scope));
  }

  static String list(ListScope scope, ListFilter filter, List<ListQuery.Order> order) {
    return list(scope, filter, order, false);
  }

  private static String list(ListScope scope, ListFilter filter, List<ListQuery.Order> order, boolean reports) {
    return LIST.replace(WHERE, filter.sql(scope)).replace(REPORTS, String.valueOf(reports))
        .replace(ORDER, order.stream().map(ListQuery.Order::sql).collect(Collectors.joining(", ")));
  }

  static String due(ListScope scope, ListFilter filter) {
    return DUE.replace(WHERE, filter.sql(scope));
  }

  static String walk(ListScope scope, ListFilter filter) {
    return WALK.replace(WHERE, filter.sql(scope));
  }

  private JdbcClient.StatementSpec bind(String sql, ListScope scope, ListFilter filter) {
    return jdbc.sql(sql).params(filter.parameters(scope));
  }

  private static DueResource dueResource(ResultSet row, int number) throws SQLException {
    var phase = Phase.of(row.getString("phase"));
    int generation = row.getInt("generation");
    return new DueResource(row.getObject("id", UUID.class), generation, phase,
        Columns.instant(row, "next_event_time"), row.getInt("event_attempt"),
        DueReason.of(phase == Phase.READY, generation, row.getInt("reported_generation")).word());
  }
}
