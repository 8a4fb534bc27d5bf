package io.hyperfleet.gitops.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.Git;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be replaced is one plain manifest of the object, and nothing else. */
class HeldManifestTest {

  private static final ResourceIdentifier ID = new ResourceIdentifier("", "v1", "configmaps", "default", "my-config");
  private static final String PLAIN = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: my-config\n  namespace: default\ndata:\n  a: b\n";

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n" | is a Git LFS pointer
      "version https://hawser.github.com/spec/v1\noid sha256:4d7a\nsize 1\n" | is a Git LFS pointer
      "" | is empty
      " \n\n" | is empty
      "# a note\n" | contains no manifest
      "a: [" | is not valid YAML
      "a: b\na: c\n" | is not valid YAML
      "a: !vault |\n  x\n" | is not valid YAML
      "$ANSIBLE_VAULT;1.1;AES256\n6162\n" | contains no manifest
      "- op: replace\n  path: /data/a\n  value: b\n" | contains a list, not a manifest
      "a: b\n" | contains no manifest: apiVersion, kind or metadata.name is missing
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: my-\n" | contains no manifest: apiVersion, kind or metadata.name is missing
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: 7\n  namespace: default\n" | contains no manifest: apiVersion, kind or metadata.name is missing
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: my-config\n" | contains another object: v1 ConfigMap my-config
      "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: my-config\n  namespace: prod\n" | contains another object: v1 ConfigMap prod/my-config
      "apiVersion: v1\nkind: Secret\nmetadata:\n  name: my-config\n  namespace: default\n" | contains another object: v1 Secret default/my-config
      "apiVersion: v2\nkind: ConfigMap\nmetadata:\n  name: my-config\n  namespace: default\n" | contains another object: v2 ConfigMap default/my-config
      "apiVersion: v1\nkind: List\nitems: []\nmetadata:\n  name: my-config\n" | contains another object: v1 List my-config
      "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: my-config\n  namespace: default\n" | contains another object: bitnami.com/v1alpha1 SealedSecret default/my-config
      """)
  void whatElseIsThereIsNamed(String file, String objection) {
    assertThat(objection(file)).contains(objection);
  }

  @Test
  void encryptedFilesPatchesAndSeveralDocumentsAreNoManifests() {
    assertThat(objection(PLAIN + "sops:\n  mac: x\n")).contains("is encrypted with SOPS");
    for (String directive : List.of("$patch: delete", "$retainKeys: [a]", "$setElementOrder/ports: [a]",
        "$deleteFromPrimitiveList/finalizers: [a]")) {
      assertThat(objection(PLAIN + directive + "\n")).contains("is a patch, not a manifest");
      assertThat(objection(PLAIN + "spec:\n  list:\n  - " + directive + "\n")).contains("is a patch, not a manifest");
    }
    assertThat(objection(PLAIN + "---\n" + PLAIN)).contains("contains several YAML documents");
    assertThat(objection("---\n---\n" + PLAIN)).contains("contains several YAML documents");
    assertThat(objection(PLAIN + "---\n")).contains("contains several YAML documents");
    assertThat(objection(PLAIN + "<<<<<<< HEAD\n" + PLAIN)).isPresent();
    assertThat(objection(PLAIN.replace("a: b", "a: &x b\n  c: *x"))).isEmpty();
    // A list that holds itself has no end.
    for (String endless : List.of("x: &a [*a]", "x: &a [*a, *a, [*a]]", "x: &a {b: {c: *a}}",
        "x: &a [&b [*a, *b], *b]")) {
      assertThat(objection(PLAIN + endless + "\n")).contains("is not valid YAML");
      assertThat(objection(PLAIN.replace("metadata:", "metadata:\n  labels:\n    " + endless)))
          .contains("is not valid YAML");
    }
    assertThat(objection("# mine\n---\n" + PLAIN)).isEmpty();
    assertThat(objection("\ufeff" + PLAIN)).isEmpty();
    assertThat(objection(
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"my-config\",\"namespace\":\"default\"}}"))
        .isEmpty();
    assertThat(HeldManifest.read(PLAIN.getBytes(StandardCharsets.UTF_16)).objectionAs(ID, Optional.empty()))
        .contains("is not text in UTF-8");
    assertThat(objection("\0GITCRYPT\0x")).contains("is not text in UTF-8");
    assertThat(HeldManifest.read(null).objectionAs(ID, Optional.empty())).isPresent();
  }

  /** 5,000 files of pieces of manifests: none ends in an error, and none of several documents passes. */
  @Test
  void piecesOfFilesAreJudgedWithoutAnError() {
    var random = new Random(15);
    var pieces = List.of(PLAIN, "---\n", "...\n", "%YAML 1.2\n", "%TAG ! tag:x,2000:\n", "sops: {}\n", "\u0000",
        "\ufeff", "\u2028", "a: b\n", "- c\n",
        "? x\n", "b: &b [*b]\n", "!!binary aGk=\n", "&a [*a]\n", "# c\n", "\t", "{{ .Values.x }}\n", "\"", "'", "|\n",
        "version https://git-lfs.github.com/spec/v1\n",
        "$patch: replace\n", "\uD800", "{", "[", "apiVersion: v1\nkind: ConfigMap\n",
        "metadata: {name: my-config, namespace: default}\n");
    for (int i = 0; i < 5_000; i++) {
      var file = new StringBuilder();
      random.ints(1 + random.nextInt(6), 0, pieces.size()).forEach(index -> file.append(pieces.get(index)));
      var objection = objection(file.toString());
      if (file.toString().split("kind: ConfigMap", -1).length > 2) {
        assertThat(objection).as("%s", file).isPresent();
      }
      assertThat(objection.orElse("")).doesNotContain("\n", "\u0000").hasSizeLessThan(1_000);
    }
  }

  private static Optional<String> objection(String file) {
    return HeldManifest.read(file.getBytes(StandardCharsets.UTF_8)).objectionAs(ID, Optional.of("ConfigMap"));
  }
}
