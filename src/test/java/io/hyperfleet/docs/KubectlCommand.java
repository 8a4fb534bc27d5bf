package io.hyperfleet.docs;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kubectl command of the documentation as the requests that it makes, so that no kubectl is needed to try it. */
final class KubectlCommand {

  private final List<String> plain = new ArrayList<>();
  private final Map<String, String> data = new LinkedHashMap<>();
  private final Path directory;
  private String namespace = "default";
  private String selector = "";
  /** Folder of what is applied. */
  private Path applied;

  private KubectlCommand(Path directory) {
    this.directory = directory;
  }

  /**
   * @param directory where the files that it names are
   * @throws IllegalArgumentException when the command has an option that is not known here
   */
  static KubectlCommand of(String command, Map<String, String> variables, Path directory) throws IOException {
    var parsed = new KubectlCommand(directory);
    var words = Shell.words(command, variables).iterator();
    words.next();
    while (words.hasNext()) {
      var word = words.next().split("=", 2);
      switch (word[0]) {
        case "-n", "--namespace" -> parsed.namespace = value(word, words);
        case "-f" -> parsed.applied = Path.of(value(word, words));
        case "-l", "--selector" -> parsed.selector = value(word, words);
        case "--kubeconfig", "--label-columns" -> value(word, words);
        case "--from-literal" -> parsed.add(value(word, words));
        case "--from-file" -> parsed.addFile(value(word, words));
        default -> {
          if (word[0].startsWith("-")) {
            throw new IllegalArgumentException(word[0] + " in: " + command);
          }
          parsed.plain.add(word[0]);
        }
      }
    }
    return parsed;
  }

  private static String value(String[] word, Iterator<String> words) {
    return word.length > 1 ? word[1] : words.next();
  }

  private void add(String literal) {
    var pair = literal.split("=", 2);
    data.put(pair[0], pair[1]);
  }

  private void addFile(String word) throws IOException {
    var pair = word.split("=", 2);
    var file = directory.resolve(pair[pair.length - 1]);
    if (pair.length > 1) {
      data.put(pair[0], Files.readString(file));
      return;
    }
    try (var files = Files.list(file)) {
      for (Path each : files.toList()) {
        data.put(each.getFileName().toString(), Files.readString(each));
      }
    }
  }

  /** Does it. The answer are the objects that are shown, or that were created. */
  List<?> perform(KubernetesClient kubernetes) throws IOException {
    if (plain.equals(List.of("apply"))) {
      return apply(kubernetes);
    }
    return switch (plain.get(0) + " " + plain.get(1)) {
      case "create namespace" -> List.of(kubernetes.namespaces().resource(new NamespaceBuilder().withNewMetadata()
          .withName(plain.get(2)).endMetadata().build()).create());
      case "create secret" ->
        List.of(kubernetes.secrets().inNamespace(namespace).resource(new SecretBuilder().withNewMetadata()
            .withName(plain.get(3)).endMetadata().withType("Opaque").withStringData(data).build()).create());
      case "create configmap" -> List.of(kubernetes.configMaps().inNamespace(namespace).resource(new ConfigMapBuilder()
          .withNewMetadata().withName(plain.get(2)).endMetadata().withData(data).build()).create());
      default -> {
        if (!plain.get(0).equals("get")) {
          throw new IllegalArgumentException("kubectl " + plain);
        }
        List<GenericKubernetesResource> found = new ArrayList<>();
        for (String plural : plain.get(1).split(",")) {
          found.addAll(kubernetes.genericKubernetesResources(type(kubernetes, plural)).inNamespace(namespace)
              .withLabelSelector(selector).list().getItems());
        }
        yield found;
      }
    };
  }

  private List<?> apply(KubernetesClient kubernetes) throws IOException {
    var done = new ArrayList<HasMetadata>();
    try (var files = Files.list(applied)) {
      for (Path file : files.toList()) {
        try (var in = Files.newInputStream(file)) {
          done.addAll(kubernetes.load(in).forceConflicts().serverSideApply());
        }
      }
    }
    return done;
  }

  /** As kubectl does, it asks Kubernetes which kind has that plural. */
  private static ResourceDefinitionContext type(KubernetesClient kubernetes, String plural) {
    var versions = new ArrayList<>(List.of("v1"));
    kubernetes.getApiGroups().getGroups()
        .forEach(group -> group.getVersions().forEach(version -> versions.add(version.getGroupVersion())));
    for (String version : versions) {
      for (APIResource resource : kubernetes.getApiResources(version).getResources()) {
        if (resource.getName().equals(plural)) {
          return new ResourceDefinitionContext.Builder()
              .withGroup(version.contains("/") ? version.replaceFirst("/.*", "") : "")
              .withVersion(version.replaceFirst(".*/", "")).withPlural(plural).withKind(resource.getKind())
              .withNamespaced(resource.getNamespaced()).build();
        }
      }
    }
    throw new IllegalArgumentException("Kubernetes has no " + plural);
  }
}
