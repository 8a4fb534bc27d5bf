package io.hyperfleet.database;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.sql.SqlFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Checks that the schema has every migration of this release, run by the API or a migration job. A newer schema is
 * fine, since migrations are compatible with the previous release.
 */
class SchemaCheck implements ReadinessCheck {

  private static final String VERSION = SqlFile.read("schema-version");
  private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__.*\\.sql");

  private final ProbeConnections connections;
  private final int wanted;
  private volatile boolean found;

  SchemaCheck(ProbeConnections connections, ResourcePatternResolver resources) throws IOException {
    this.connections = connections;
    this.wanted = Stream.of(resources.getResources("classpath*:db/migration/V*.sql"))
        .map(Resource::getFilename)
        .map(MIGRATION::matcher)
        .filter(name -> name.matches())
        .mapToInt(name -> Integer.parseInt(name.group(1)))
        .max().orElse(0);
  }

  @Override
  public String name() {
    return "schema";
  }

  @Override
  public String check() {
    // Migrations are never reverted, so success is cached.
    return found ? OK : ask();
  }

  private String ask() {
    try (var connection = connections.open();
        var statement = connection.createStatement();
        var row = statement.executeQuery(VERSION)) {
      row.next();
      int version = row.getInt(1);
      found = version >= wanted;
      return found ? OK : "schema is at version " + version + ", this release needs " + wanted;
    } catch (SQLException e) {
      return DatabaseErrors.isSchemaMissing(e) ? "schema is missing: no migration has run" : "schema unknown";
    }
  }
}
