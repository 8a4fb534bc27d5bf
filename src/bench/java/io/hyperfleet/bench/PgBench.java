package io.hyperfleet.bench;

import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.sql.SqlFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The API's own statements run by PostgreSQL's pgbench, as prepared statements: what the database can do, asked by a
 * client that costs next to nothing. Where pgbench is not installed this says so and measures nothing.
 */
final class PgBench {

  private static final Pattern RATE = Pattern.compile("(?m)^tps = ([\\d.]+)");

  private static final Pattern PARAMETER = Pattern.compile("(?<!:):(\\w+)");

  /** In the order in which they are looked for. */
  private static final List<String> FOLDERS = List.of("/usr/local/bin", "/usr/bin");

  private static final List<String> AT_FIRST = List.of("Reconciled", "LastKnownReconciled", "Validated");
  private static final List<String> REPORTED = List.of("Reconciled", "LastKnownReconciled", "Validated",
      "DnsSuccessful");

  /** Values of parameters that are no constants, by the parameter's name. */
  private static final Map<String, String> CLOCK = Map.of("lastUpdatedTime", ":now", "lastTransitionTime", ":now",
      "nextEventTime", ":now", "lastEventTime", ":now", "outstandingSince", "null", "progressWindowStart", ":now",
      "rules", "'00000000-0000-0000-0000-000000000001'");

  private final Path program;
  private final LocalFleet fleet;

  private PgBench(Path program, LocalFleet fleet) {
    this.program = program;
    this.fleet = fleet;
  }

  static Optional<PgBench> of(LocalFleet fleet) {
    var found = Stream.concat(Stream.of(System.getenv("PATH").split(":")), FOLDERS.stream())
        .map(folder -> Path.of(folder, "pgbench")).filter(Files::isExecutable).findFirst();
    if (found.isEmpty()) {
      System.err.println("pgbench is not installed: nothing is compared with it");
    }
    return found.map(program -> new PgBench(program, fleet));
  }

  /** Creates a second. */
  double creates(int clients, Duration time) throws IOException, InterruptedException {
    return run(clients, time, String.join(";\n", "begin",
        "select clock_timestamp() as now, gen_random_uuid() as id, gen_random_uuid() as event \\gset",
        statement("resource-insert", values(Map.ofEntries(
            Map.entry("kind", "'Cluster'"), Map.entry("name", ":id"), Map.entry("href", ":id"),
            Map.entry("ownerId", "null"), Map.entry("ownerKind", "null"), Map.entry("ownerHref", "null"),
            Map.entry("spec", "'{\"region\": \"r1\"}'"), Map.entry("tenancy", "'{}'"), Map.entry("generation", "1"),
            Map.entry("phase", "'NotReady'"), Map.entry("observedGeneration", "0"),
            Map.entry("reportedGeneration", "0"), Map.entry("progressCount", "0"), Map.entry("eventAttempt", "1"),
            Map.entry("time", ":now"), Map.entry("caller", "'bench'"), Map.entry("keys", "'{shard}'"),
            Map.entry("values", "'{1}'")))),
        conditions(AT_FIRST),
        statement("outbox-insert", Map.of("eventIds", "array[:event]", "aggregateTypes", "'{Cluster}'",
            "aggregateIds", "array[:id]", "eventTypes", "'{cluster.changed.v1}'", "generations", "'{1}'", "reasons",
            "'{created}'", "sources", "'{write}'", "payloads", "array['{\"kind\": \"Cluster\", \"generation\": 1}']",
            "traceparent", "null", "tracestate", "null")),
        "commit;\n"));
  }

  /** Reports a second about clusters whose names begin like that, chosen at random. */
  double reports(int clients, Duration time, String names, int clusters) throws IOException, InterruptedException {
    return run(clients, time, "\\set n random(0, " + (clusters - 1) + ")\n" + String.join(";\n", "begin",
        "select id, clock_timestamp() as now, gen_random_uuid() as report from resources where kind = 'Cluster' and name = '"
            + names + "' || :n::text \\gset",
        statement("resource-lock", Map.of("kind", "'Cluster'", "owner", "null", "tenancy", "null")),
        statement("resource-read", Map.of("reports", "true")).replace("/* ids */", "r.id = :id"),
        statement("adapter-status-upsert", Map.ofEntries(Map.entry("id", ":report"), Map.entry("resourceId", ":id"),
            Map.entry("adapter", "'dns'"), Map.entry("observedGeneration", "1"),
            Map.entry("conditions", "'[{\"type\": \"Available\", \"status\": \"True\"}]'"), Map.entry("data", "'{}'"),
            Map.entry("metadata", "null"), Map.entry("launched", "null"),
            Map.entry("adapterRevision", "null"), Map.entry("createdTime", ":now"),
            Map.entry("lastReportTime", ":now"), Map.entry("answeredTime", ":now"),
            Map.entry("definitiveStatus", "'True'"), Map.entry("definitiveReason", "'Tested'"),
            Map.entry("definitiveMessage", ":now"), Map.entry("definitiveGeneration", "1"),
            Map.entry("definitiveTime", ":now"), Map.entry("definitiveData", "'{}'"),
            Map.entry("unhealthy", "false"))),
        statement("resource-update-status", values(Map.of("phase", "'NotReady'", "observedGeneration", "0",
            "reportedGeneration", "1", "progressCount", "0", "eventAttempt", "1"))),
        conditions(REPORTED), "commit;\n"));
  }

  private static Map<String, String> values(Map<String, String> others) {
    var all = new LinkedHashMap<>(CLOCK);
    all.putAll(others);
    return all;
  }

  private static String conditions(List<String> types) {
    var each = Map.of("statuses", "False", "reasons", "Tested", "generations", "1");
    var values = new LinkedHashMap<String, String>();
    values.put("types", "'{" + String.join(",", types) + "}'");
    each.forEach((name, value) -> values.put(name, "'{" + String.join(",", types.stream().map(t -> value).toList())
        + "}'"));
    for (String name : List.of("messages", "createdTimes", "updatedTimes", "transitionTimes")) {
      values.put(name, "array[" + String.join(",", types.stream().map(type -> ":now").toList()) + "]");
    }
    return statement("conditions-replace", values);
  }

  /** The statement with these in the place of its parameters; what is left are variables of the script. */
  private static String statement(String name, Map<String, String> values) {
    // In one pass: values are variables, too, with the names of other parameters.
    return PARAMETER.matcher(SqlFile.read(name)).replaceAll(
        found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
  }

  private double run(int clients, Duration time, String script) throws IOException, InterruptedException {
    var database = URI.create(fleet.property("spring.datasource.url").substring("jdbc:".length()));
    var file = Files.writeString(Files.createTempFile("hyperfleet-pgbench-", ".sql"),
        script.replace("\\gset;", "\\gset"));
    try {
      var command = new ArrayList<>(List.of(program.toString(), "-n", "-M", "prepared", "-c", String.valueOf(clients),
          "-j", "2", "-T", String.valueOf(time.toSeconds()), "-f", file.toString(), "-h", database.getHost(), "-p",
          String.valueOf(database.getPort()), "-U", fleet.property("spring.datasource.username"),
          database.getPath().substring(1)));
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      var rate = RATE.matcher(said);
      if (process.waitFor() != 0 || !rate.find()) {
        throw new IllegalStateException("pgbench failed: " + said);
      }
      return Math.round(Double.parseDouble(rate.group(1)));
    } finally {
      Files.delete(file);
    }
  }
}
