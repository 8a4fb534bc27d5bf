package io.hyperfleet.database;

import java.util.Arrays;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * The command {@code migrate} of the jar: migrates the schema to this release and exits, for installations where the
 * API does not do so at its start. Concurrent migrations wait for each other. An unavailable database is retried ten
 * times (about 20 s), for a sidecar proxy that starts late; then the command fails.
 */
public final class MigrateCommand {

  private static final String NAME = "migrate";
  private static final int CONNECT_RETRIES = 10;

  private MigrateCommand() {}

  /** What a migration needs: the database. It is no configuration of the application, which does not scan for it. */
  @ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  static class Beans {}

  /** Whether these are the arguments of the command, not of the application. */
  public static boolean named(String... args) {
    return args.length > 0 && args[0].equals(NAME) && !List.of(args).contains("--help")
        && !List.of(args).contains("-h");
  }

  /**
   * Migrates the database of {@code spring.datasource}.
   *
   * @param args the command's name and properties of the application, such as {@code --spring.datasource.url=...}
   * @throws RuntimeException when the database is away or the migration is wrong; the log says which
   */
  public static void main(String... args) {
    new SpringApplicationBuilder(Beans.class).web(WebApplicationType.NONE)
        .properties("spring.flyway.enabled=true", "spring.flyway.connect-retries=" + CONNECT_RETRIES)
        .run(Arrays.copyOfRange(args, 1, args.length)).close();
  }
}
