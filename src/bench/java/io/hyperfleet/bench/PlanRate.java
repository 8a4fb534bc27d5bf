package io.hyperfleet.bench;

import io.hyperfleet.cli.TerminalText;
import io.hyperfleet.dryrun.HyperFleetCommands;
import io.hyperfleet.local.LocalFleet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * B13: {@code adapter plan} for each of 10,000 clusters with the reports of four adapters, in a JVM of its own with a
 * heap of 64 MiB: seconds, processor time, and what a collection leaves of the heap at most. Another number can be
 * given as an argument.
 */
public final class PlanRate {

  private static final String HEAP = "-Xmx64m";
  private static final int CLUSTERS = 10_000;

  private PlanRate() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 1) {
      child(args);
      return;
    }
    int clusters = args.length == 0 ? CLUSTERS : Integer.parseInt(args[0]);
    try (var fleet = LocalFleet.start("hyperfleet.roles=api", "logging.level.root=ERROR")) {
      new LoadedFleet(fleet).growTo(clusters);
      report(JdbcClient.create(fleet.context().getBean(javax.sql.DataSource.class)));
      var folders = Files.createTempDirectory("plan");
      try {
        var result = new LinkedHashMap<String, Object>();
        result.put("scenario", "B13 adapter plan, a changed and a failing manifest");
        result.put("clusters", clusters);
        result.put("changed", plan(fleet, folder(folders, "old", "${cluster.name}"), folder(folders, "new",
            "c-${cluster.name}")));
        result.put("failing", plan(fleet, folder(folders, "old", "${cluster.name}"), folder(folders, "bad",
            "${cluster.spec.none}")));
        result.putAll(Measurements.environment(fleet));
        System.out.println(Measurements.json(result));
      } finally {
        delete(folders);
      }
    }
  }

  /** Reports of the adapters that dns and the others wait for, about each cluster. */
  private static void report(JdbcClient jdbc) {
    jdbc.sql("""
        insert into adapter_statuses (id, resource_id, adapter, observed_generation, conditions, data, created_time,
          last_report_time, last_definitive_status, last_definitive_generation, last_definitive_time, last_definitive_data)
        select gen_random_uuid(), r.id, adapter, 1,
          '[{"type": "Available", "status": "True", "reason": "Tested", "message": "all is well",
             "last_transition_time": "2026-11-30T14:00:00Z"}]', '{"a": 1}', now(), now(), 'True', 1, now(), '{"a": 1}'
        from resources r, unnest(array['validation', 'dns', 'placement', 'hyperfleet']) adapter
        on conflict (resource_id, adapter) do nothing""").update();
    jdbc.sql("analyze adapter_statuses").update();
  }

  private static Path folder(Path folders, String name, String hostname) throws Exception {
    var folder = Files.createDirectories(folders.resolve(name + "/dns"));
    for (String file : new String[]{"adapter.yaml", "record.yaml"}) {
      var text = new String(new ClassPathResource("adapters/dns/" + file).getContentAsByteArray());
      Files.writeString(folder.resolve(file), text.replace("${cluster.name}", hostname));
    }
    return folder;
  }

  private static Map<String, Object> plan(LocalFleet fleet, Path from, Path to) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    long start = System.nanoTime();
    var process = new ProcessBuilder(java, HEAP, "-XX:TieredStopAtLevel=4", "-cp",
        System.getProperty("java.class.path"),
        PlanRate.class.getName(), "adapter", "plan", "--from", from.toString(), "--adapter", to.toString(), "--server",
        fleet.apiUrl(), "--output", "json").redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lines = new String(process.getInputStream().readAllBytes()).lines().toList();
    int exit = process.waitFor();
    var result = new LinkedHashMap<String, Object>();
    result.put("exit", exit);
    result.put("seconds", Measurements.rounded((System.nanoTime() - start) / 1e9));
    result.put("cpu_seconds_and_heap_left_mib", lines.isEmpty() ? "" : lines.get(lines.size() - 1));
    return result;
  }

  /** Runs the command, and says what it took. */
  private static void child(String... args) {
    var heap = new Heap();
    var out = new StringWriter();
    int exit = HyperFleetCommands.run(new PrintWriter(out), new PrintWriter(System.err, true), args);
    System.out.println(TerminalText.clean(out.toString().lines().limit(9).reduce("", (a, b) -> a + b.strip())));
    System.out.println(Measurements.rounded(ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis()
        / 1e3) + " s, " + heap.leftMiB() + " MiB");
    System.exit(exit);
  }

  private static void delete(Path folders) throws Exception {
    try (var files = Files.walk(folders)) {
      files.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }
}
