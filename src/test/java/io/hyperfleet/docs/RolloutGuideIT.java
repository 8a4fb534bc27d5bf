package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.api.ApiIT;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.dryrun.HyperFleetCommands;
import io.hyperfleet.revision.Revision;
import io.hyperfleet.revision.Revisions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** The commands of docs/adapters/rollout.md against an API with twenty clusters, and what they print. */
class RolloutGuideIT extends ApiIT {

  private static final Page PAGE = Page.of(Path.of("docs/adapters/rollout.md"));
  private static final Path DNS = Path.of("src/main/resources/adapters/dns");

  @Autowired
  private Revisions revisions;

  @TempDir
  Path directory;

  @Test
  void printsWhatThePageShows() throws Exception {
    jdbc.sql("truncate announcers, adapter_revisions, wanted_revisions cascade").update();
    var folder = Files.createDirectories(directory.resolve("dns"));
    write(folder, "", "");
    announce(revision(folder));
    for (int i = 0; i < 20; i++) {
      var id = createCluster("c-" + i);
      report(id, "validation", 1, i % 7 == 5 ? "False" : "True");
    }

    var listed = json.writerWithDefaultPrettyPrinter().writeValueAsString(get("/adapters/dns/revisions").body());
    write(folder, "clusters.example.com", "fleet.example.com");
    var changed = plan(folder, 0);
    write(folder, "${cluster.name}.${adapter.parameters.domain}", "${cluster.spec.zone}.example.com");
    var failing = plan(folder, 3);

    assertThat(PAGE.blocks("json").stream().map(RolloutGuideIT::normalized).map(this::pretty)).as(listed)
        .contains(pretty(normalized(listed)));
    assertThat(PAGE.blocks("text").stream().map(RolloutGuideIT::normalized)).as("%s%n%s", changed, failing)
        .contains(normalized(changed), normalized(failing));
  }

  private String pretty(String text) {
    try {
      return new ObjectMapper().readTree(text).toPrettyString();
    } catch (IOException e) {
      throw new IllegalStateException(text, e);
    }
  }

  /** The command of the page, with this folder and API. */
  private String plan(Path folder, int exit) {
    var command = PAGE.commands("java").get(0).replaceFirst("java -jar hyperfleet.jar ", "")
        .replace("--adapter dns", "--adapter " + folder).replace("http://localhost:8000", "http://localhost:" + port());
    var out = new StringWriter();
    var err = new StringWriter();
    assertThat(HyperFleetCommands.run(new PrintWriter(out, true), new PrintWriter(err, true), command.split(" ")))
        .as(err.toString()).isEqualTo(exit);
    return out.toString();
  }

  /** Ids, digests and times are others each time. */
  private static String normalized(String text) {
    return text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID").replaceAll("\\b[0-9a-f]{64}\\b", "DIGEST")
        .replaceAll("\\b[0-9a-f]{12}\\b", "SHORT").replaceAll("20\\d\\d-[0-9T:.-]+Z", "TIME")
        .replaceAll("/\\S*/dns/", "dns/").strip();
  }

  private static void write(Path folder, String text, String by) throws IOException {
    for (String file : new String[]{"adapter.yaml", "record.yaml"}) {
      Files.writeString(folder.resolve(file), Files.readString(DNS.resolve(file)).replace(text, by));
    }
  }

  private static Revision revision(Path folder) {
    var problems = new AdapterProblems("dns");
    return AdapterLoader.read(CelEngine.untimed(), AdapterTemplates.builtIn(), Optional.empty(),
        AdapterFolder.of(folder, folder), problems).orElseThrow().revision();
  }

  private void announce(Revision revision) {
    IntStream.range(0, 2).forEach(process -> send("PUT", "/announcements/adapters-" + process,
        "{\"adapters\": [{\"name\": \"dns\", \"kind\": \"Cluster\", \"template\": \"resource-adapter\", \"digest\": \""
            + revision.digest() + "\"}]}"));
    assertThat(send("PUT", "/announcements/adapters-0/revisions/dns/" + revision.digest(), revision.content())
        .status()).isEqualTo(204);
    revisions.decide();
  }
}
