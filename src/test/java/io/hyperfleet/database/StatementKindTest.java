package io.hyperfleet.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.sql.SqlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementKindTest {

  @ParameterizedTest
  @CsvSource({
      "outbox-claim, update, outbox",
      "outbox-mark-published, update, outbox",
      "outbox-release, update, outbox",
      "outbox-purge, delete, outbox",
      "outbox-insert, create, outbox",
      "outbox-backlog, query, outbox",
      "adapter-status-upsert, create, adapter_statuses",
      "resource-insert, create, resources",
      "resource-delete, delete, resources",
      "event-waiting, query, outbox",
      "clock, query, other"})
  void isToldByTheText(String file, String operation, String table) {
    assertThat(StatementKind.of(SqlFile.read(file))).isEqualTo(new StatementKind(operation, table));
  }

  @Test
  void everyStatementOfTheProductHasOne() throws IOException {
    try (var files = Files.list(Path.of("src/main/resources/sql"))) {
      assertThat(files.toList()).isNotEmpty()
          .allSatisfy(file -> assertThat(StatementKind.of(Files.readString(file)).operation()).isNotEqualTo("raw"));
    }
  }

  @Test
  void knowsNoOtherTables() {
    assertThat(StatementKind.of("select 1 from whatever_a_caller_chose"))
        .isEqualTo(new StatementKind("query", "other"));
    assertThat(StatementKind.of("SET lock_timeout = 1")).isEqualTo(StatementKind.RAW);
  }
}
