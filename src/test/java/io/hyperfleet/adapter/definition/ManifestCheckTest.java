package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.policy.PolicyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the rules refuse whatever a manifest's expressions yield is told when the adapter is loaded, with file, line and
 * key.
 */
class ManifestCheckTest {

  private static final CelEngine ENGINE = new CelEngine();

  @TempDir
  private Path directory;

  @BeforeEach
  void writeAnAdapter() throws IOException {
    Files.createDirectories(directory.resolve("mine"));
    write("adapter.yaml", """
        apiVersion: hyperfleet.io/v1
        kind: Adapter
        metadata: {name: mine}
        spec:
          template: resource-adapter
          for: Cluster
          manifests:
            - {name: one, file: one.yaml}
          discover:
            - {name: theirs, apiVersion: v1, kind: Secret, byName: x}
          postconditions: {done: "true"}
        """);
    write("one.yaml", """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: one
        spec:
          template:
            spec:
              hostPID: ${cluster.spec.pid}
              ${cluster.spec.key}: true
              serviceAccountName: sa-${cluster.id}
              containers:
                - name: a
                  image: ${cluster.spec.image}
                  ports:
                    - containerPort: 80
                      hostPort: 8080
        """);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve("mine").resolve(file), text);
  }

  private AdapterCatalog load(Map<String, String> policy, Predicate<String> runs) {
    return new AdapterLoader(ENGINE, PolicyFixture.rules(policy), runs, AdapterLoader.BUILT_IN, directory.toString())
        .load();
  }

  @Test
  void namesFileLineAndKeyAndWhatWouldAllowIt() {
    var catalog = load(Map.of(), name -> true);

    assertThat(catalog.definitions()).doesNotContainKey("mine");
    assertThat(catalog.errors()).extracting(AdapterProblem::toString).containsExactlyInAnyOrder(
        directory.resolve("mine/one.yaml")
            + ":16: spec.template.spec.containers[0].ports[0].hostPort: needs the permission host-ports; "
            + "allowed without it: 0 (hyperfleet.adapters.policy.permissions)",
        directory.resolve("mine/adapter.yaml")
            + ":10: spec.discover[0].kind: the kind Secret is not allowed; allowed: ConfigMap, CronJob.batch, "
            + "DNSEndpoint.externaldns.k8s.io, Deployment.apps, DnsRecord.dns.hyperfleet.io, Job.batch, "
            + "PersistentVolumeClaim, Service, "
            + "StatefulSet.apps (hyperfleet.adapters.policy.kinds)");
  }

  @Test
  void whatTheOperatorAllowsIsLoaded() {
    var catalog = load(
        Map.of("adapters.mine.permissions", "host-ports", "adapters.mine.kinds", "Deployment.apps,Secret"),
        name -> true);

    assertThat(catalog.problems()).isEmpty();
    assertThat(catalog.definitions()).containsKey("mine");
  }

  @Test
  void anotherProcessHasItsOwnPolicy() {
    assertThat(load(Map.of(), name -> name.equals("dns")).definitions()).containsKey("mine");
  }

  @Test
  void aBuiltInAdapterThatThePolicyForbidsIsNamedAndRuns() {
    var catalog = load(Map.of("kinds", "Job.batch"), name -> !name.equals("mine"));

    assertThat(catalog.definitions()).containsKey("dns");
    assertThat(catalog.warnings()).singleElement().asString().isEqualTo("adapters/dns/record.yaml:2: kind: the kind "
        + "DnsRecord.dns.hyperfleet.io is not allowed; allowed: Job.batch (hyperfleet.adapters.policy.kinds)");
  }
}
