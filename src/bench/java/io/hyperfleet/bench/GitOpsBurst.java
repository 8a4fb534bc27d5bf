package io.hyperfleet.bench;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.hyperfleet.local.LocalFleet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * B9: a burst of 1,000 changed objects through the role gitops into a bare repository over file://: from the end of the
 * commit window to the moment that the repository has the commit; against {@code git fast-import} of the same files and
 * one push of git itself. Another number of objects can be given as an argument.
 */
public final class GitOpsBurst {

  private static final int PAIRS = 5;
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private final LocalFleet fleet;
  private final Path directory;
  private final Repository repository;
  private final int objects;
  private int round;

  private GitOpsBurst(LocalFleet fleet, Path directory, int objects) throws IOException {
    this.fleet = fleet;
    this.directory = directory;
    this.objects = objects;
    this.repository = new FileRepositoryBuilder().setGitDir(directory.resolve("fleet.git").toFile()).build();
  }

  public static void main(String[] args) throws Exception {
    int objects = args.length == 0 ? 1_000 : Integer.parseInt(args[0]);
    var directory = Files.createTempDirectory("gitops-burst");
    try (var fleet = LocalFleet.start("hyperfleet.roles=gitops", "hyperfleet.local.gitops=true",
        "hyperfleet.local.repository=" + directory.resolve("fleet.git"),
        "hyperfleet.gitops.destinations[0].name=burst",
        "hyperfleet.gitops.destinations[0].rules[0].resources=configmaps",
        "hyperfleet.gitops.commit.window=" + WINDOW.toSeconds() + "s", "hyperfleet.gitops.commit.max-age=10m",
        "hyperfleet.gitops.commit.max-files=1000000", "hyperfleet.gitops.commit.max-bytes=1GB",
        "hyperfleet.gitops.push.cooldown=0s", "logging.level.root=WARN")) {
      Awaitility.await().atMost(Duration.ofMinutes(2))
          .until(() -> fleet.management("/gitops").body().at("/burst/0/status").asText().equals("True"));
      var benchmark = new GitOpsBurst(fleet, directory, objects);
      benchmark.ours();
      var result = new LinkedHashMap<String, Object>();
      result.put("scenario", "B9 GitOps: " + objects + " changed objects, one commit, one push");
      result.put("unit", "ms after the window");
      result.put("reference", "git fast-import of the same files and one push");
      result.putAll(Measurements.pairs(PAIRS, benchmark::reference, benchmark::ours));
      result.put("kubernetes", "in process");
      result.put("cores", Runtime.getRuntime().availableProcessors());
      result.put("jdk", Runtime.version().toString());
      System.out.println(Measurements.json(result));
    }
  }

  /** The end of the window is that of the last event, by the commit's own trailer, and one window later. */
  private double ours() throws Exception {
    var before = tip();
    change();
    Awaitility.await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(1))
        .until(() -> !Objects.equals(before, tip()));
    var there = Instant.now();
    try (var walk = new RevWalk(repository)) {
      var commit = walk.parseCommit(tip());
      var last = commit.getFooterLines("Event-Time").get(0);
      if (!commit.getShortMessage().contains(" " + objects + " resources ")) {
        throw new IllegalStateException("not one commit of all: " + commit.getShortMessage());
      }
      return Measurements.millis(Duration.between(Instant.parse(last).plus(WINDOW), there).toNanos());
    }
  }

  private void change() throws InterruptedException, ExecutionException {
    round++;
    var client = fleet.kubernetes();
    var callers = Executors.newFixedThreadPool(4);
    callers.submit(() -> IntStream.range(0, objects).parallel().forEach(i -> client.resource(new ConfigMapBuilder()
        .withNewMetadata().withNamespace("default").withName("config-" + i).endMetadata()
        .addToData("round", "round-" + round).addToData("number", String.valueOf(i)).build())
        .createOr(replace -> replace.update()))).get();
    callers.shutdown();
  }

  /** The files of the last round, imported on top of the commit before it, and pushed. */
  private double reference() throws Exception {
    var source = Files.createTempDirectory(directory, "reference");
    var target = source.resolve("target.git");
    git(directory, null, "clone", "--quiet", "--bare", directory.resolve("fleet.git").toString(),
        source.resolve("own.git").toString());
    git(directory, null, "init", "--quiet", "--bare", target.toString());
    git(source.resolve("own.git"), null, "push", "--quiet", target.toUri().toString(), "main");
    var stream = stream();
    long start = System.nanoTime();
    git(source.resolve("own.git"), stream, "fast-import", "--quiet", "--force");
    git(source.resolve("own.git"), null, "push", "--quiet", target.toUri().toString(), "main");
    return Measurements.millis(System.nanoTime() - start);
  }

  /** Every file with one more line, so that as much changes. */
  private byte[] stream() throws IOException {
    var stream = new ByteArrayOutputStream();
    var files = files();
    stream.write(
        ("commit refs/heads/main\ncommitter Bench <bench@example.com> 1700000000 +0000\ndata 5\nburst\nfrom refs/heads/main^0\n")
            .getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      var content = new String(file.getValue(), StandardCharsets.UTF_8) + "# " + round + "\n";
      var bytes = content.getBytes(StandardCharsets.UTF_8);
      stream.write(
          ("M 100644 inline " + file.getKey() + "\ndata " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
      stream.write(bytes);
      stream.write('\n');
    }
    return stream.toByteArray();
  }

  private Map<String, byte[]> files() throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var walk = new RevWalk(repository); var tree = new TreeWalk(repository)) {
      RevCommit commit = walk.parseCommit(tip());
      tree.addTree(commit.getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        files.put(tree.getPathString(), repository.open(tree.getObjectId(0)).getBytes());
      }
    }
    return files;
  }

  private ObjectId tip() throws IOException {
    return repository.resolve(Constants.R_HEADS + "main");
  }

  private static void git(Path directory, byte[] input, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (var output = process.getOutputStream()) {
      if (input != null) {
        output.write(input);
      }
    }
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + said);
    }
  }
}
