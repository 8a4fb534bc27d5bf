package io.hyperfleet.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees through kubectl; skipped where there is none on the PATH. */
class KubectlTest {

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(
      new Settings(0, Duration.ofMillis(500), Duration.ZERO));

  @TempDir
  Path folder;

  @BeforeAll
  static void kubectlIsInstalled() {
    assumeTrue(Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "kubectl"))), "kubectl is not on the PATH");
  }

  @BeforeEach
  void writeKubeconfig() {
    local.kubernetes().writeKubeconfig(folder.resolve("kubeconfig"));
  }

  @Test
  void followsAJobFromApplyToDelete() throws Exception {
    local.client().resource(JobLifecycleTest.job("work", Map.of())).create();

    assertThat(kubectl("wait", "--for=condition=complete", "job/work", "--timeout=60s")).contains("condition met");
    assertThat(kubectl("get", "jobs,pods", "-A")).containsPattern("NAMESPACE +NAME +STATUS +COMPLETIONS +DURATION +AGE")
        .containsPattern("hyperfleet-adapters +job.batch/work +Complete +1/1 +\\d+s +\\d+s")
        .containsPattern("NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE")
        .containsPattern("pod/work-\\w{5} +0/1 +Completed +0");
    // The last of its events comes after its condition.
    await().until(() -> local.client().v1().events().list().getItems().stream()
        .anyMatch(event -> event.getReason().equals("Completed")));
    assertThat(kubectl("get", "job", "work", "-o", "yaml")).contains("kind: Job").contains("type: Complete");
    assertThat(kubectl("get", "events")).containsPattern("Normal +SuccessfulCreate +job/work +Created pod: work-");
    assertThat(kubectl("describe", "job", "work")).contains("1 Succeeded").contains("Created pod: work-")
        .contains("Job completed");
    assertThat(kubectl("describe", "pod", "-l", "job-name=work")).contains("Controlled By:  Job/work");
    assertThat(kubectl("logs", "job/work")).contains("is simulated");
    assertThat(kubectl("delete", "job", "work")).contains("job.batch \"work\" deleted");
    assertThat(local.client().batch().v1().jobs().withName("work").get()).isNull();
    await().until(() -> local.client().pods().list().getItems().isEmpty());
  }

  @Test
  void appliesConfigMapsAndDnsRecords() throws Exception {
    var file = folder.resolve("objects.yaml");
    Files.writeString(file, """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {a: "1"}
        ---
        apiVersion: dns.hyperfleet.io/v1
        kind: DnsRecord
        metadata: {name: demo}
        spec: {hostname: a.example.com}
        """);

    assertThat(kubectl("apply", "-f", file.toString())).contains("configmap/settings created")
        .contains("dnsrecord.dns.hyperfleet.io/demo created");
    assertThat(kubectl("apply", "-f", file.toString())).contains("configmap/settings unchanged");
    Files.writeString(file, Files.readString(file).replace("a: \"1\"", "b: \"2\""));
    assertThat(kubectl("apply", "-f", file.toString())).contains("configmap/settings configured");
    assertThat(local.client().configMaps().withName("settings").get().getData()).containsOnlyKeys("b");
    assertThat(kubectl("wait", "--for=condition=Ready", "dnsrecord/demo", "--timeout=60s")).contains("condition met");
    assertThat(kubectl("get", "dnsrecords")).containsPattern("NAME +FQDN +READY +AGE")
        .containsPattern("demo +a.example.com +True +\\d+s");
    Files.writeString(file, Files.readString(file).replace("b: \"2\"", "c: \"3\""));
    assertThat(kubectl("apply", "--server-side", "-f", file.toString())).contains("serverside-applied");
    assertThat(local.client().configMaps().withName("settings").get().getData()).containsOnlyKeys("c");
    assertThat(kubectl("get", "namespaces")).containsPattern("hyperfleet-adapters +Active");
  }

  @Test
  void watches() throws Exception {
    local.client().resource(JobLifecycleTest.job("work", Map.of("local.hyperfleet.io/stuck", "Unschedulable")))
        .create();

    var watching = start("get", "jobs", "-w");

    try (var lines = watching.inputReader()) {
      assertThat(lines.readLine()).startsWith("NAME");
      assertThat(lines.readLine()).containsPattern("work +Running +0/1");
      local.client().batch().v1().jobs().withName("work").edit(job -> new JobBuilder(job).editMetadata()
          .removeFromAnnotations("local.hyperfleet.io/stuck").endMetadata().build());
      assertThat(lines.lines().filter(line -> line.matches("work +Complete +1/1.*")).findFirst()).isPresent();
    } finally {
      watching.destroy();
    }
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    var process = start(arguments);
    var output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("kubectl ends").isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private Process start(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("kubectl", "--kubeconfig", folder.resolve("kubeconfig").toString(),
        "--cache-dir", folder.resolve("cache").toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
