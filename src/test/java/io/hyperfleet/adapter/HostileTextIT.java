package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.hostile.HostileTexts;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.LocalKubernetes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Text of partners, users and containers arrives as it was written, whatever language it would be code in (S4). */
class HostileTextIT extends AdapterFleetIT {

  private static final String TEXT = """
      {{bean:camelContext.stop}} {{env:HOME}} {{sys:user.home}} {{hyperfleet.api.base-url}} ${bean:camelContext.stop}
      ${env.HOME} ${body} ${variable.adapterName} ${cluster.id} $simple{body} #{systemProperties} %{x} 'q' "dq" \\ \\u0041
      - yaml: [a, b
      <script>, Applied=True X, Finalized=True Y: é 漢 \uD83D\uDE00""";
  private static final String PARAMETER = "{{bean:camelContext.stop}} {{env:HOME}} {{sys:user.home}} ${bean:x} #{1+1}\n- 'q' \"dq\": [";

  @Test
  void bringsTextIntoAJobAndItsReportAsItIs() {
    var id = create(spec());
    var job = job("texts-" + id + "-gen1");

    assertThat(job.getMetadata().getAnnotations()).containsEntry("example.com/cluster", TEXT).containsEntry(
        "example.com/fixed", "{{env:HOME}} {{sys:user.home}} {{bean:camelContext.stop}} ${bean:x} #{1+1}");
    assertThat(job.getMetadata().getLabels()).containsEntry("team", "none");
    var container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(container.getEnv()).extracting(env -> env.getValue())
        .containsExactly(TEXT, PARAMETER, "{{env:HOME}} <" + TEXT + ">");
    assertThat(container.getArgs()).containsExactly("{{bean:camelContext.stop}}", TEXT);

    awaitEnd("texts-" + id + "-gen1");
    sendEvent(id);
    assertThat(conditions(id, "texts"))
        .isEqualTo("Applied=True JobLaunched, Available=True JobSucceeded, Health=True AllChecksPassed");
    var data = FLEET.report(id, "texts").path("data");
    assertThat(data.path("text").asText()).isEqualTo(TEXT);
    assertThat(data.path("{{env:HOME}} #{1+1}").asText()).isEqualTo("{{bean:camelContext.stop}} {{env:HOME}}");
    assertThat(data.path("all")).isEqualTo(FLEET.get("/clusters/" + id).body().path("spec"));
  }

  @Test
  void bringsTextIntoKeysAndValuesOfAResourceAsItIs() {
    var id = create(spec());

    var record = FLEET.kubernetes().genericKubernetesResources("dns.hyperfleet.io/v1", "DnsRecord")
        .inNamespace(LocalKubernetes.NAMESPACE).withName("objects-" + id).get();
    assertThat(record.getMetadata().getAnnotations()).containsEntry("example.com/text", TEXT);
    Map<String, Object> spec = record.get("spec");
    assertThat(spec).containsEntry("text", TEXT).containsEntry("{{env:HOME}}", "{{sys:user.home}}")
        .containsEntry(TEXT, "key");
    assertThat(record.<Object>get("spec", "whole", "text")).isEqualTo(TEXT);
    assertThat(FLEET.report(id, "objects").at("/data/text").asText()).isEqualTo(TEXT);
  }

  @Test
  void namesConditionsAsTheyAreWritten() {
    var id = create("{\"hold\":true,\"text\":" + JsonNodeFactory.instance.textNode(TEXT) + "}");

    assertThat(message(id, "texts", "Applied")).isEqualTo("Waiting for dependencies to be met: "
        + "{{bean:camelContext.stop}} {{env:HOME}} ${sys.user.home} #{1+1} 'q' \"dq\", a: [b");
    assertThat(message(id, "objects", "Available"))
        .isEqualTo("Postconditions not met: {{bean:camelContext.stop}} ${env:HOME} #{1+1}");
  }

  @Test
  void reportsTheLastWordsOfAContainerAsTheyAre() {
    var text = JsonNodeFactory.instance.textNode(TEXT);
    var id = create("{\"text\":" + text + ",\"fail\":" + text + "}");
    awaitEnd("texts-" + id + "-gen1");

    sendEvent(id);

    assertThat(conditions(id, "texts"))
        .isEqualTo("Applied=True JobLaunched, Available=False JobFailed, Health=True NoErrors");
    assertThat(message(id, "texts", "Available")).startsWith(TEXT);
  }

  @Test
  void cutsLastWordsThatNeverEnd() {
    var words = "\uD83D\uDE00".repeat(3_000);
    var id = create("{\"text\":\"bean:camelContext\",\"fail\":\"a" + words + "\"}");
    awaitEnd("texts-" + id + "-gen1");

    sendEvent(id);

    assertThat(message(id, "texts", "Available")).startsWith("a\uD83D\uDE00").endsWith("\uD83D\uDE00...")
        .hasSizeBetween(1_900, 2_000);
  }

  @Test
  void fillsInLabelsThatTheApiAccepts() {
    var answer = FLEET.post("/clusters", """
        {"kind": "Cluster", "name": "labelled-1", "labels": {"team": "env_HOME.bean-x"},
         "spec": {"text": "bean:camelContext"}}""");
    var id = answer.body().path("id").asText();
    settle(id);

    assertThat(job("texts-" + id + "-gen1").getMetadata().getLabels()).containsEntry("team", "env_HOME.bean-x")
        .containsEntry(OwnerLabels.CLUSTER_ID, id);
  }

  @Test
  void namesDataThatCannotBeStored() {
    var id = create("{\"text\":\"bean:camelContext\",\"nul\":true}");
    awaitEnd("texts-" + id + "-gen1");

    sendEvent(id);

    assertThat(conditions(id, "texts"))
        .isEqualTo("Applied=False AdapterError, Available=False AdapterError, Health=False AdapterError");
    assertThat(message(id, "texts", "Health"))
        .startsWith("The adapter's data cannot be reported: 'data.nul[1]' has U+0000, which cannot be stored");
  }

  @Test
  void namesDataThatIsTooMuch() {
    var id = create("{\"text\":\"bean:camelContext" + "漢".repeat(60_000) + "\"}");
    awaitEnd("texts-" + id + "-gen1");

    sendEvent(id);

    assertThat(message(id, "texts", "Health"))
        .startsWith(
            "The API rejected the adapter's report: 400 Validation Failed: the reports on a resource may have 262144 "
                + "bytes in total");
  }

  /** Numbers that fit no 64 bits, and more digits than a double has: the adapters work on. */
  @Test
  void worksOnClustersWithNumbersOfAnySize() {
    var spec = "{\"text\":\"bean:camelContext\",\"quota\":9223372036854775808,\"more\":[18446744073709551615,1e20,-1e307,1e-307,"
        + "123456789012345678901234567890.5],\"price\":1.10}";
    var id = create(spec);
    awaitEnd("texts-" + id + "-gen1");

    sendEvent(id);

    assertThat(conditions(id, "texts"))
        .isEqualTo("Applied=True JobLaunched, Available=True JobSucceeded, Health=True AllChecksPassed");
    var data = FLEET.report(id, "texts").at("/data/all");
    assertThat(data.path("quota").asDouble()).isEqualTo(9223372036854775808.0);
    assertThat(data.at("/more/3").asDouble()).isEqualTo(1e-307);
    assertThat(FLEET.get("/clusters/" + id).body().at("/spec/more/0").bigIntegerValue())
        .hasToString("18446744073709551615");
    assertThat(FLEET.report(id, "objects").path("conditions").toString()).doesNotContain("unreachable")
        .doesNotContain("out of range");
  }

  @Test
  void namesThatNoObjectCanHaveAreTheManifestsFault() {
    var id = create("{\"note\":\"n\",\"roll\":1}");
    HostileTexts.mixed(25, 5).map(text -> text + "?watch=true").forEach(text -> {
      kubernetes().clearRequests();
      changeSpec(id, "{\"note\":\"n\",\"roll\":1,\"name\":%1$s,\"find\":%1$s}".formatted(
          JsonNodeFactory.instance.textNode(text.replaceAll("[\\x00\\p{Cs}]", ""))));

      for (var adapter : List.of("binder", "roller")) {
        assertThat(conditions(id, adapter)).isEqualTo("Applied=False ResourceCreationFailed, Available=False "
            + "ResourceCreationFailed, Health=False CreateError");
        assertThat(message(id, adapter, "Health")).startsWith("Failed to create workload: "
            + (adapter.equals("binder") ? "manifest settings: metadata.name: '" : "discover result: byName: '"))
            .contains("' is not allowed; allowed: up to 253 lower-case letters, digits, '-' and '.'")
            .endsWith(". Correct the adapter's manifest.");
      }
      assertThat(kubernetes().requests()).extracting(Call::verb).doesNotContain("watch");
      assertThat(conditions(id, "runner")).startsWith("Applied=True JobLaunched");
    });
  }

  @Test
  void aResultOfANameThatNoObjectCanHaveIsNotLookedFor() {
    var id = create("{\"finish\":\"x\",\"find\":\"?watch=true\"}");
    awaitEnd("finisher-" + id + "-gen1");

    sendEvent(id);

    assertThat(conditions(id, "finisher")).startsWith("Applied=True JobLaunched, Available=False PostconditionsNotMet, "
        + "Health=False CreateError");
    assertThat(message(id, "finisher", "Health")).contains("discover found: byName: '?watch=true' is not allowed");
  }

  private static String spec() {
    return "{\"text\":" + JsonNodeFactory.instance.textNode(TEXT) + "}";
  }
}
