package io.hyperfleet.gitops.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written is read again as it was, and holds nothing but what somebody wants.
 */
public class ManifestYamlTest {

  @ParameterizedTest
  @ValueSource(strings = {"yes", "on", "y", "null", "~", "", " ", "0x1", "0123", "1e3", "1_000", "12:30:45",
      "2026-01-01", "true",
      "a: b", "# no comment", "- a", "*a", "&a", "!a", "%a", "@a", "`a", "{a}", "[a]", "'", "\"", "\\", "a\nb",
      "a\nb\n", "a\n\n\nb\n\n",
      "\na", " a\nb", "a \nb", "a\tb", "a\r\nb", "\u0000", "\u0007", "\u0085", "\u2028", "ä 語 🚀", "=", "<<", ".inf",
      "-", "?"})
  void everyTextIsReadAsItWas(String text) {
    var object = Map.<String, Object>of("data", Map.of("key", text, "other", List.of(text)));
    var written = ManifestYaml.write(object);
    assertThat(read(written)).isEqualTo(object);
    assertThat(ManifestYaml.write(read(written))).isEqualTo(written);
  }

  /** 2,000 numbers as Kubernetes answers them, beyond 64 bits and with exponents too. */
  @Test
  void numbersOfAnySizeAreReadAsTheyWere() {
    var random = new Random(13);
    for (int i = 0; i < 1000; i++) {
      var whole = new BigInteger(random.nextInt(200), random);
      var fraction = Double.longBitsToDouble(random.nextLong());
      var numbers = List.<Object>of(random.nextBoolean() ? whole : whole.negate(),
          Double.isFinite(fraction) ? fraction : 1e20);

      var read = (List<?>) read(ManifestYaml.write(Map.of("numbers", numbers))).get("numbers");

      assertThat(new BigInteger(read.get(0).toString())).isEqualTo(numbers.get(0));
      assertThat(read.get(1)).isEqualTo(numbers.get(1));
    }
  }

  @Test
  void textsOfAwkwardCharactersAreReadAsTheyWereAsKeysToo() {
    var random = new Random(1);
    var characters = List.of("a", "Z", "0", " ", "\n", "\n", "\t", "\r", ":", "#", "-", "|", ">", "'", "\"", "\\", "%",
        "@", "&", "*", "!",
        "{", "]", ",", "~", "\u0000", "\u001b", "\u0085", "\u00a0", "\u2028", "\ufeff", "é", "語", "🚀");
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      random.ints(random.nextInt(8), 0, characters.size()).forEach(index -> text.append(characters.get(index)));
      var object = Map.<String, Object>of("data",
          Map.of("k" + text, text.toString(), "l", List.of(text.toString(), Map.of("m", text.toString()))));
      var written = ManifestYaml.write(object);
      assertThat(read(written)).as("%s", text).isEqualTo(object);
      assertThat(ManifestYaml.write(read(written))).isEqualTo(written);
    }
  }

  /**
   * Texts that look like something else, and characters that end a line for some, asked from kubectl itself where it
   * is.
   */
  @Test
  void everyTextIsForKubectlWhatItWas(@TempDir Path folder) throws Exception {
    var random = new Random(5);
    var pieces = List.of("0", "1", "7", "8", "12", ":", "30", "00", ".", "_", "-", "+", "e", "x", "0x", "0o", "0b", "A",
        "y", "n", "yes", "No",
        "on", "OFF", "true", "Null", "null", "~", "=", "<<", "2026-01-01", "inf", ".nan", "Mi", "%", "/", " ", "\n",
        "\t", "#", "'", "\"", "\\",
        "|", ">", "[", "{", "*", "&", "!", "@", "`", "?", ",", "\u007f", "\u0085", "\u0090", "\u00a0", "\u2028",
        "\u2029", "\ufeff", "\r", "語",
        "\uD83D\uDE80");
    var data = new LinkedHashMap<String, Object>();
    for (int i = 0; i < 5_000; i++) {
      var text = new StringBuilder();
      random.ints(1 + random.nextInt(5), 0, pieces.size()).forEach(index -> text.append(pieces.get(index)));
      data.put("k" + i, text.toString());
      data.put(text.toString(), "v");
    }
    var object = Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata",
        Map.of("name", "a", "labels", Map.of("a", "b")), "data", data);
    var file = Files.write(folder.resolve("manifest.yaml"), ManifestYaml.write(new LinkedHashMap<>(object)));
    assertThat(read(Files.readAllBytes(file))).isEqualTo(object);

    var out = folder.resolve("out.json");
    try {
      var kubectl = new ProcessBuilder("kubectl", "label", "--local", "-f", file.toString(), "a=b", "-o", "json",
          "--dry-run=client")
          .redirectOutput(out.toFile()).redirectError(folder.resolve("error").toFile()).start();
      assertThat(kubectl.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (IOException e) {
      Assumptions.abort("no kubectl here");
    }
    assertThat(Files.readString(folder.resolve("error"))).isEmpty();
    assertThat(new ObjectMapper().readValue(out.toFile(), Map.class).get("data")).isEqualTo(data);
  }

  @Test
  void longKeysStandBeforeTheirValues() {
    var key = "k".repeat(253);
    assertThat(new String(ManifestYaml.write(Map.of("data", Map.of(key, "a"))), StandardCharsets.UTF_8))
        .isEqualTo("data:\n  " + key + ": a\n");
  }

  @Test
  void largeConfigMapIsReadAsItWas() {
    var data = new LinkedHashMap<String, Object>();
    var random = new Random(1);
    for (int i = 0; i < 256; i++) {
      var text = new StringBuilder();
      random.ints(4096, ' ', 0x3000).forEach(text::appendCodePoint);
      data.put("key-" + i, text.toString());
    }
    assertThat(read(ManifestYaml.write(Map.of("data", data)))).isEqualTo(Map.of("data", data));
  }

  @Test
  void keepsWhatIsIntentInAStableOrder() {
    var object = read("""
        status: {ready: true}
        spec: {b: 1, a: {d: yes, c: [3, 1, 2]}}
        immutable: true
        metadata:
          uid: u
          resourceVersion: "7"
          generation: 3
          creationTimestamp: "2026-01-01T00:00:00Z"
          deletionTimestamp: "2026-01-01T00:00:00Z"
          managedFields: [{manager: kubectl}]
          ownerReferences: [{name: x}]
          finalizers: [x]
          selfLink: /x
          annotations:
            kubectl.kubernetes.io/last-applied-configuration: "{}"
            deployment.kubernetes.io/revision: "1"
            argocd.argoproj.io/tracking-id: x
            argocd.argoproj.io/sync-wave: "1"
          labels: {kro.run/owned: "true"}
          namespace: ns
          name: thing
        kind: Thing
        apiVersion: example.com/v1
        """.getBytes(StandardCharsets.UTF_8));
    assertThat(new String(ManifestYaml.write(Sanitizer.sanitize(object)), StandardCharsets.UTF_8)).isEqualTo("""
        apiVersion: example.com/v1
        kind: Thing
        metadata:
          annotations:
            argocd.argoproj.io/sync-wave: "1"
          name: thing
          namespace: ns
        immutable: true
        spec:
          a:
            c:
            - 3
            - 1
            - 2
            d: true
          b: 1
        """);
  }

  @Test
  void leavesOutWhatTheClusterChoseForServicesPodsAndJobs() {
    assertThat(sanitized("v1", "Service", Map.of("clusterIP", "10.0.0.1", "clusterIPs", List.of("10.0.0.1"), "ports",
        List.of(), "ipFamilyPolicy", "SingleStack"))).isEqualTo(Map.of("ports", List.of()));
    assertThat(sanitized("v1", "Service", Map.of("clusterIP", "None"))).isEqualTo(Map.of("clusterIP", "None"));
    assertThat(sanitized("v1", "Pod", Map.of("nodeName", "n1", "restartPolicy", "Never")))
        .isEqualTo(Map.of("restartPolicy", "Never"));
    assertThat(sanitized("v1", "PersistentVolumeClaim", Map.of("volumeName", "pv", "volumeMode", "Block", "a", 1)))
        .isEqualTo(Map.of("a", 1));
    assertThat(sanitized("batch/v1", "Job",
        Map.of("selector", Map.of("matchLabels", Map.of("controller-uid", "u")), "template",
            Map.of("metadata", Map.of("labels", Map.of("controller-uid", "u", "job-name", "j", "mine", "x"))))))
        .isEqualTo(Map.of("template", Map.of("metadata", Map.of("labels", Map.of("mine", "x")))));
  }

  private static Object sanitized(String apiVersion, String kind, Map<String, Object> spec) {
    return Sanitizer
        .sanitize(Map.of("apiVersion", apiVersion, "kind", kind, "metadata", Map.of("name", "n"), "spec", spec))
        .get("spec");
  }

  @SuppressWarnings("unchecked")
  public static Map<String, Object> read(byte[] file) {
    return (Map<String, Object>) ManifestYaml.documents(new String(file, StandardCharsets.UTF_8)).next();
  }
}
