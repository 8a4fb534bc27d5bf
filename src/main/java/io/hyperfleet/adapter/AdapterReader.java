package io.hyperfleet.adapter;

import io.hyperfleet.cel.CelCompileException;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelProgram;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads one adapter's folder: parses, checks and compiles it, and collects all that is wrong. */
final class AdapterReader {

  private static final String SPEC = "spec";
  private static final String NAMESPACE = "hyperfleet-adapters";
  private static final int CONCURRENCY = 4;

  private final CelEngine engine;
  private final AdapterSchema schema;
  private final AdapterFolder folder;
  private final AdapterProblems problems;
  private final MessageDigest digest;
  private final Set<CelProgram> programs = new LinkedHashSet<>();

  AdapterReader(CelEngine engine, AdapterSchema schema, AdapterFolder folder, AdapterProblems problems) {
    this.engine = engine;
    this.schema = schema;
    this.folder = folder;
    this.problems = problems;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The definition, or nothing when there were errors. */
  Optional<AdapterDefinition> read() {
    Optional<YamlDocument> file = document(AdapterFolder.DEFINITION, null, "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    YamlDocument document = file.get();
    schema.check(document, problems);
    if (problems.hasErrors()) {
      return Optional.empty();
    }
    Map<?, ?> spec = (Map<?, ?>) ((Map<?, ?>) document.value()).get(SPEC);
    String name = (String) ((Map<?, ?>) ((Map<?, ?>) document.value()).get("metadata")).get("name");
    if (!name.equals(folder.name())) {
      problems.error(document, "metadata.name", "differs from the folder's name; allowed is " + folder.name());
    }
    String kind = (String) spec.get("for");
    Set<String> variables = AdapterVariables.names(kind);
    String template = (String) spec.get("template");
    String namespace = spec.get("namespace") instanceof String text ? text : NAMESPACE;
    Optional<CelProgram> appliesWhen = Optional.ofNullable(
        spec.get("appliesWhen") instanceof String text ? program(document, "spec.appliesWhen", text, variables) : null);
    List<AdapterCondition> preconditions = conditions(document, spec, "preconditions", variables);
    List<AdapterCondition> postconditions = conditions(document, spec, "postconditions", variables);
    Map<String, Object> data = data(document, spec, variables);
    AdapterRules.check(document, spec, template, problems);
    List<ManifestTemplate> manifests = new ArrayList<>();
    manifestFiles(spec, template).forEach((id, place) ->
        document(place.file(), document, place.key()).ifPresent(yaml -> {
          ManifestTemplate manifest = ManifestTemplate.compile(id, yaml, engine, variables, problems);
          AdapterRules.check(yaml, template, namespace, problems);
          programs.addAll(manifest.programs());
          manifests.add(manifest);
        }));
    return problems.hasErrors() ? Optional.empty() : Optional.of(new AdapterDefinition(name, kind, template,
        spec.get("description") instanceof String text ? text : "",
        spec.get("subscription") instanceof String text ? text : name + "-adapter-sub",
        spec.get("concurrency") instanceof Number number ? number.intValue() : CONCURRENCY,
        namespace, appliesWhen, List.copyOf(preconditions), List.copyOf(manifests), List.copyOf(postconditions),
        Collections.unmodifiableMap(data), parameters(spec), mentionedAdapters(),
        HexFormat.of().formatHex(digest.digest())));
  }

  private Optional<YamlDocument> document(String file, YamlDocument from, String key) {
    String path = folder.path(file);
    byte[] bytes;
    try {
      bytes = folder.read(file);
    } catch (NoSuchFileException e) {
      if (from == null) {
        problems.error(path, 0, "", "missing; each adapter's folder has one");
      } else {
        problems.error(from, key, "there is no file " + file + " in the folder");
      }
      return Optional.empty();
    } catch (IOException e) {
      problems.error(path, 0, "", "cannot be read");
      return Optional.empty();
    }
    digest.update(bytes);
    try {
      return Optional.of(YamlDocument.parse(path, bytes));
    } catch (InvalidYamlException e) {
      problems.error(path, e.line(), "", e.getMessage());
      return Optional.empty();
    }
  }

  private CelProgram program(YamlDocument document, String key, String source, Set<String> variables) {
    try {
      CelProgram program = engine.compile(source, variables);
      programs.add(program);
      return program;
    } catch (CelCompileException e) {
      problems.error(document, key, e.getMessage());
      return null;
    }
  }

  private List<AdapterCondition> conditions(YamlDocument document, Map<?, ?> spec, String key,
      Set<String> variables) {
    List<AdapterCondition> conditions = new ArrayList<>();
    if (spec.get(key) instanceof Map<?, ?> map) {
      String path = YamlDocument.child(SPEC, key);
      map.forEach((name, source) -> conditions.add(new AdapterCondition((String) name,
          program(document, YamlDocument.child(path, (String) name), (String) source, variables))));
    }
    return conditions;
  }

  private Map<String, Object> data(YamlDocument document, Map<?, ?> spec, Set<String> variables) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (spec.get("data") instanceof Map<?, ?> map) {
      map.forEach((name, value) -> data.put((String) name, value instanceof String source
          ? program(document, "spec.data." + name, source, variables) : value));
    }
    return data;
  }

  private record Place(String file, String key) {}

  /** The files by the names under which CEL sees their objects; that of a job-adapter is always {@code job}. */
  private static Map<String, Place> manifestFiles(Map<?, ?> spec, String template) {
    Map<String, Place> files = new LinkedHashMap<>();
    if (spec.get("manifest") instanceof String file) {
      files.put(template.equals(AdapterDefinition.JOB_ADAPTER) ? "job"
          : file.substring(file.lastIndexOf('/') + 1, file.lastIndexOf('.')), new Place(file, "spec.manifest"));
    }
    if (spec.get("manifests") instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        Map<?, ?> item = (Map<?, ?>) list.get(i);
        files.put((String) item.get("name"), new Place((String) item.get("file"), "spec.manifests[" + i + "].file"));
      }
    }
    return files;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> parameters(Map<?, ?> spec) {
    return spec.get("parameters") instanceof Map<?, ?> map
        ? Collections.unmodifiableMap((Map<String, Object>) map) : Map.of();
  }

  private Set<String> mentionedAdapters() {
    Set<String> names = new TreeSet<>();
    programs.forEach(program -> names.addAll(program.membersOf("adapters")));
    return Collections.unmodifiableSet(names);
  }
}
