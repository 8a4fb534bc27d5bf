package io.hyperfleet.hostile;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.hostile.HostileFolder.Intent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.springframework.util.FileSystemUtils;

/**
 * Hands folders in by the dozen while the fleet runs, lets each that was taken handle a cluster, and takes them away
 * again.
 */
final class HostileFolders {

  /** As many as {@code /readyz} names. */
  private static final int AT_ONCE = 20;

  private final HostileFleet hostile;
  private final Findings findings;

  HostileFolders(HostileFleet hostile, Findings findings) {
    this.hostile = hostile;
    this.findings = findings;
  }

  void handIn(List<HostileFolder> folders) {
    for (int from = 0; from < folders.size(); from += AT_ONCE) {
      var some = folders.subList(from, Math.min(folders.size(), from + AT_ONCE));
      findings.tried(some.size());
      try {
        wave(some);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void wave(List<HostileFolder> folders) throws IOException {
    for (HostileFolder folder : folders) {
      folder.moveInto(hostile.location, hostile.location.getParent());
    }
    try {
      await().atMost(HostileFleet.PATIENCE)
          .until(() -> folders.stream().allMatch(folder -> refused(folder) || runs(folder)));
    } catch (ConditionTimeoutException e) {
      folders.stream().filter(folder -> !refused(folder) && !runs(folder))
          .forEach(folder -> add(folder, "neither taken nor refused"));
    }
    folders.forEach(this::judgeLoad);
    var taken = folders.stream().filter(folder -> runs(folder) && !refused(folder)).toList();
    judgeReports(taken);
    for (HostileFolder folder : folders) {
      // At once: nobody reads half of it.
      var gone = hostile.location.resolveSibling("gone-" + System.nanoTime());
      Files.move(hostile.location.resolve(folder.name()), gone, StandardCopyOption.ATOMIC_MOVE);
      FileSystemUtils.deleteRecursively(gone);
    }
    try {
      await().atMost(HostileFleet.PATIENCE)
          .until(() -> folders.stream().noneMatch(this::runs) && broken().equals("ok"));
    } catch (ConditionTimeoutException e) {
      folders.stream().filter(this::runs).forEach(folder -> add(folder, "its folder is gone and it runs on"));
      if (!broken().equals("ok")) {
        findings.harm(List.of("folders that are gone are still broken: " + broken()));
      }
    }
  }

  private void add(HostileFolder folder, String what) {
    findings.add(folder.piece(), folder.shown(), what);
  }

  /** What {@code /readyz} says of all folders. */
  private String broken() {
    return hostile.fleet.management("/readyz").body().at("/checks/adapters").asText();
  }

  /** What it says of one of them. */
  private String problem(HostileFolder folder) {
    var text = broken();
    int at = text.indexOf("/" + folder.name() + "/");
    int from = at >= 0 ? at + 1 : text.indexOf(folder.name() + ": ");
    if (from < 0) {
      return "";
    }
    int next = text.indexOf("; " + hostile.location, from);
    return next < 0 ? text.substring(from) : text.substring(from, next);
  }

  private boolean refused(HostileFolder folder) {
    return !problem(folder).isEmpty();
  }

  private boolean runs(HostileFolder folder) {
    return hostile.fleet.camel().getRoute(folder.name() + "-subscription") != null;
  }

  private void judgeLoad(HostileFolder folder) {
    var text = problem(folder);
    if (text.isEmpty()) {
      if (folder.intent() == Intent.REFUSED_AT_LOAD && runs(folder)) {
        add(folder, "is taken, and has to be refused");
      }
      return;
    }
    if (folder.intent() == Intent.WORKS) {
      add(folder,
          "is refused, and has to work: " + text.replace(folder.name(), "NAME").replaceFirst(".*/adapters/", ""));
    }
    // What is wrong with the folder itself is said of its path.
    boolean named = Pattern
        .compile(Pattern.quote(folder.name()) + "(/[^\\n]*?\\.ya?ml(:\\d+)?: |: is not a valid adapter name)")
        .matcher(text).find();
    if (!named) {
      add(folder, "is refused without naming its file");
    } else if (text.contains(": is not a valid adapter name") || !folder.files().containsKey("adapter.yaml")
        || folder.piece().equals("special file")) {
      return;
    } else if (!text.matches("(?s).*\\.ya?ml:\\d+: .*")) {
      add(folder, "is refused without naming a line: " + text.replaceFirst(".*\\.ya?ml", "FILE"));
    } else if (!text.contains(folder.key())) {
      add(folder, "is refused without naming the key " + folder.key());
    }
  }

  /** Every adapter that was taken has something to say about a new cluster; those that have to be refused say why. */
  private void judgeReports(List<HostileFolder> taken) {
    var id = hostile.fleet.createCluster("folders-" + System.nanoTime());
    var waiting = new ArrayList<>(taken.stream().filter(folder -> folder.intent() != Intent.LATE).toList());
    try {
      await().atMost(HostileFleet.PATIENCE).until(() -> {
        var reports = hostile.reports(id);
        waiting.removeIf(folder -> isAnswer(folder, reports));
        return waiting.isEmpty() && hostile.fleet.phase(id).equals("Ready");
      });
    } catch (ConditionTimeoutException e) {
      waiting.forEach(folder -> add(folder,
          "was taken, and does not say what it has to: " + conditions(hostile.reports(id).get(folder.name()))));
      if (!hostile.fleet.phase(id).equals("Ready")) {
        findings.harm(List.of("the cluster of the folders is not Ready"));
      }
    }
    var reports = hostile.reports(id);
    taken.forEach(folder -> judge(folder, reports.get(folder.name())));
    hostile.fleet.delete("/clusters/" + id);
  }

  private static boolean isAnswer(HostileFolder folder, Map<String, JsonNode> reports) {
    var report = reports.get(folder.name());
    return report != null && switch (folder.intent()) {
      case WORKS -> conditions(report).contains("Applied=True");
      case REFUSED -> conditions(report).contains("Health=False");
      // That it was taken has been noted already.
      case REFUSED_AT_LOAD, EITHER, LATE -> true;
    };
  }

  private void judge(HostileFolder folder, JsonNode report) {
    var said = conditions(report);
    if (report == null) {
      return;
    }
    if (Blame.ofPlatform(report)) {
      add(folder, "blames the platform: " + said.replace(folder.name(), "NAME"));
    } else if (said.contains("Health=False") && Blame.isSilent(report)) {
      add(folder, "is refused without a message: " + said);
    } else if (folder.intent() == Intent.WORKS && said.contains("Health=False")) {
      add(folder, "does not work: " + said);
    }
  }

  private static String conditions(JsonNode report) {
    return report == null ? "nothing" : Blame.conditions(report);
  }
}
