package io.hyperfleet.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.resource.list.Page;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.tenancy.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of operations. */
@Repository
@ConditionalOnRole(Role.API)
class BulkStore {

  private static final String INSERT = SqlFile.read("operation-insert");
  private static final String CLAIM = SqlFile.read("operation-claim");
  private static final String PROGRESS = SqlFile.read("operation-progress");
  private static final String STOP = SqlFile.read("operation-stop");
  private static final String READ = SqlFile.read("operation-read");
  private static final String LIST = SqlFile.read("operation-list");
  private static final String PURGE = SqlFile.read("operation-purge");

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  BulkStore(JdbcClient jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  void insert(UUID id, BulkRequest request, Tenant tenant, long matched, String caller) {
    jdbc.sql(INSERT).param("id", id).param("action", request.action()).param("kind", request.kind().name())
        .param("search", request.search()).param("adapter", request.adapter()).param("rate", request.rate())
        .param("tenancy", tenant.only()).param("matched", matched).param("caller", caller).update();
  }

  /** Claims the operation whose next step has waited longest, for a limited time. */
  Optional<BulkOperation> claim() {
    return jdbc.sql(CLAIM).query(this::operation).optional();
  }

  /** Records a completed step, unless the operation was stopped or another process was faster. */
  void progress(BulkOperation operation, BulkStep step) {
    jdbc.sql(PROGRESS).param("id", operation.id()).param("beforeId", operation.after())
        .param("afterId", step.after()).param("succeeded", step.succeeded()).param("skipped", step.skipped())
        .param("failed", step.failed()).param("lastError", step.lastError()).param("done", step.done())
        .param("claimedTime", Columns.timestamp(operation.claimedTime())).update();
  }

  boolean stop(UUID id, String caller) {
    return jdbc.sql(STOP).param("id", id).param("caller", caller).update() == 1;
  }

  Optional<BulkOperation> read(UUID id, Tenant tenant) {
    return jdbc.sql(READ).param("id", id).param("tenancy", tenant.only()).query(this::operation).optional();
  }

  Page<BulkOperation> list(Tenant tenant, int size, long offset) {
    var total = new AtomicLong();
    var items = jdbc.sql(LIST).param("tenancy", tenant.only()).param("size", size).param("offset", offset)
        .query((row, number) -> {
          total.set(row.getLong("total"));
          return operation(row, number);
        }).list();
    return new Page<>(items, total.get());
  }

  void purge() {
    jdbc.sql(PURGE).update();
  }

  private BulkOperation operation(ResultSet row, int number) throws SQLException {
    return new BulkOperation(row.getObject("id", UUID.class), row.getString("action"), row.getString("kind"),
        row.getString("search"), row.getString("adapter"), row.getInt("rate"), row.getString("state"),
        row.getLong("matched"), row.getLong("succeeded"), row.getLong("skipped"), row.getLong("failed"),
        row.getString("last_error"), Columns.instant(row, "created_time"), row.getString("created_by"),
        Columns.instant(row, "updated_time"), Columns.instant(row, "ended_time"), row.getString("stopped_by"),
        tenant(row.getString("tenancy")), row.getObject("after_id", UUID.class), Columns.instant(row, "next_time"));
  }

  private Tenant tenant(String dimensions) {
    try {
      return dimensions == null ? Tenant.ANY : new Tenant((ObjectNode) json.readTree(dimensions), true);
    } catch (JsonProcessingException e) {
      throw new DataRetrievalFailureException("a JSON column does not hold what this version wrote", e);
    }
  }
}
