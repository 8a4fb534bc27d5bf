package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file at an object's path is replaced and deleted only if it is one plain manifest of that object; else a condition
 * says why.
 */
class LeftAloneIT extends GitOpsIT {

  private static final String FOLDER = "clusters/prod/v1/configmaps/default/";
  private static final String PLAIN = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\n  namespace: default\n";
  private static final Map<String, String> FILES = new LinkedHashMap<>(Map.of(
      "two-documents", PLAIN + "---\n" + PLAIN.replace("NAME", "second"),
      "lfs-pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935\nsize 12345\n",
      "encrypted", PLAIN + "data:\n  a: ENC[AES256_GCM,data:x]\nsops:\n  mac: x\n",
      "patch", PLAIN + "data:\n  $patch: replace\n",
      "list", "- op: add\n  path: /data/a\n  value: b\n",
      "another", PLAIN.replace("NAME", "somebody-elses"),
      "broken", "key: theirs\n",
      "binary", "\u0000\u0001GIT",
      "kustomization", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata:\n  name: NAME\n",
      "empty", ""));

  private void begin() {
    git.elsewhere("Begin", clone -> {
      for (var file : FILES.entrySet()) {
        Git.write(clone, FOLDER + file.getKey() + ".yaml", file.getValue().replace("NAME", file.getKey()));
      }
      Git.write(clone, FOLDER + "folder.yaml/read.me", "theirs");
      Files.createSymbolicLink(clone.resolve(FOLDER + "link.yaml"), Path.of("broken.yaml"));
      Git.write(clone, FOLDER + "plain.yaml", "# mine\n" + PLAIN.replace("NAME", "plain"));
    });
  }

  @Test
  void filesThatAreNotTheObjectsAreLeftAloneByLiveChangesDeletionsAndComparisons() {
    begin();
    local.client()
        .resource(new ConfigMapBuilder().withNewMetadata().withNamespace("default").withName("plain").endMetadata()
            .addToData("key", "0").build())
        .create();
    start();
    untilWritten();
    var theirs = git.run("ls-tree", "-r", "main").lines().filter(line -> !line.endsWith("plain.yaml")).toList();
    var objects = new LinkedHashMap<>(FILES);
    objects.put("folder", "");
    objects.put("link", "");
    var applied = objects.keySet().stream().map(name -> flow.apply("admin", "default", name, "a")).toList();
    flow.apply("admin", "default", "plain", "a");
    flow.commit(13);

    assertThat(git.read(FOLDER + "plain.yaml")).contains("key: a");
    assertThat(git.subjects()).containsExactly("[UPDATE] v1/configmaps/plain by user/admin",
        "[RECONCILE_RESOURCE] v1/configmaps/plain by system/reconciler", "Begin");
    assertThat(git.run("ls-tree", "-r", "main").lines()).containsAll(theirs).hasSize(theirs.size() + 1);
    assertThat(flow.condition("PathAccepted").message()).startsWith("12 files, the first: " + FOLDER
        + "another.yaml contains another object: v1 ConfigMap default/somebody-elses. Conflicting files are left "
        + "unchanged");
    assertThat(flow.condition("Ready").reason()).isEqualTo("UnmanagedContent");

    flow.compare();
    applied.forEach(object -> flow.delete("admin", object));
    flow.commit(12);
    assertThat(git.run("ls-tree", "-r", "main").lines()).containsAll(theirs).hasSize(theirs.size() + 1);
    flow.compare();
    assertThat(flow.condition("PathAccepted").status()).isEqualTo("True");

    // Once nothing is in the way, the file is written.
    var object = flow.apply("admin", "default", "two-documents", "b");
    flow.commit(1);
    assertThat(flow.condition("PathAccepted").message())
        .startsWith(
            FOLDER + "two-documents.yaml contains several YAML documents. Conflicting files are left unchanged");
    git.elsewhere("Moved",
        clone -> Files.move(clone.resolve(FOLDER + "two-documents.yaml"), clone.resolve("both.yaml")));
    flow.compare();
    assertThat(git.read(FOLDER + object.getMetadata().getName() + ".yaml")).contains("key: b");
    assertThat(flow.condition("Ready").status()).isEqualTo("True");
  }

  @ParameterizedTest
  @ValueSource(strings = {".gitattributes *.yaml filter=lfs diff=lfs merge=lfs -text",
      "clusters/.gitattributes my-* filter=git-crypt",
      ".gitattributes [attr]big filter=lfs\n*.yaml big",
      FOLDER + ".gitattributes *.yaml !filter\nmy-config.yaml filter=sops"})
  void fileThatAFilterShouldChangeIsNotCommittedRaw(String attributes) {
    git.elsewhere("Begin", clone -> Git.write(clone, attributes.split(" ", 2)[0],
        attributes.split(" ", 2)[1] + "\nother.yaml -filter\n"));
    start();
    flow.apply("admin", "default", "my-config", "a");
    flow.apply("admin", "default", "other", "a");
    flow.commit(2);

    assertThat(git.files()).contains(FOLDER + "other.yaml").doesNotContain(FILE);
    assertThat(flow.condition("PathAccepted").message()).contains(FILE + " has filter=").contains("in .gitattributes");

    git.elsewhere("Excluded", clone -> Git.write(clone, FOLDER + ".gitattributes", "*.yaml -filter"));
    await().until(() -> {
      flow.compare();
      return git.files().contains(FILE);
    });
    assertThat(flow.condition("Ready").status()).isEqualTo("True");
  }
}
