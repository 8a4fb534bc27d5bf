package io.hyperfleet.hostile;

import java.io.IOException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nobody can hurt anybody else: files of partners, bodies of users, reports, messages and names, put together of
 * hostile pieces, come to a fleet that runs, and everybody else is served as before.
 */
@Tag("hostile")
class HostileIT {

  private static HostileFleet fleet;

  @AfterAll
  static void stop() throws IOException {
    if (fleet != null) {
      fleet.close();
      fleet = null;
    }
  }

  @Test
  void normalClustersAloneDoNoHarm() throws IOException {
    run("nothing", (hostile, findings) -> findings.tried(0));
  }

  @Test
  void foldersOfPartners() throws IOException {
    run("folders", (fleet, findings) -> new HostileFolders(fleet, findings)
        .handIn(new FolderGrammar(hostile(fleet)).folders(Hostile.CASES)));
  }

  @Test
  void bodiesOfUsers() throws IOException {
    run("bodies", (fleet, findings) -> {
      var victim = fleet.probe();
      new HostileRequests(fleet, findings).send(new BodyGrammar(hostile(fleet), victim).requests(Hostile.CASES));
    });
  }

  @Test
  void reportsOfAnybody() throws IOException {
    run("reports", (fleet, findings) -> {
      var victim = fleet.probe();
      var reports = new HostileReports(hostile(fleet), victim);
      new HostileRequests(fleet, findings).send(reports.reports(Hostile.CASES));
      new HostileRequests(fleet, findings).send(reports.ofManyAdapters(150));
      int adapters = fleet.fleet.get("/clusters/" + victim + "/statuses").body().path("total").asInt();
      if (adapters > 100) {
        findings.add("many adapters", "150 reports, each of another adapter",
            adapters + " adapters have a report about one cluster");
      }
      fleet.goesOn(victim, findings);
    });
  }

  @Test
  void messagesOfAnybody() throws IOException {
    run("messages", (fleet, findings) -> {
      var victim = fleet.probe();
      var messages = new HostileMessages(hostile(fleet), victim).messages(Hostile.CASES * 2).stream()
          .filter(message -> fleet.publish(HostileFleet.CLUSTERS, message)).toList();
      findings.tried(messages.size());
      fleet.goesOn(victim, findings);
    });
  }

  @Test
  void namesAndSearches() throws IOException {
    run("names", (fleet, findings) -> {
      var victim = fleet.probe();
      var names = new HostileNames(hostile(fleet), victim);
      new HostileRequests(fleet, findings).send(names.requests(Hostile.CASES));
      findings.tried(names.plant(fleet.kubernetes, Hostile.CASES / 2));
      fleet.goesOn(victim, findings);
    });
  }

  private static Hostile hostile(HostileFleet fleet) {
    return new Hostile(Hostile.SEED, fleet.canaries.address());
  }

  private static void run(String family, BiConsumer<HostileFleet, Findings> inputs) throws IOException {
    if (fleet == null) {
      fleet = new HostileFleet();
    }
    var findings = new Findings(family);
    inputs.accept(fleet, findings);
    fleet.judge(findings);
    if (!findings.none()) {
      // The next family starts with a fleet that nobody has harmed.
      stop();
    }
    findings.assertNone();
  }
}
