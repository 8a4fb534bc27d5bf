package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.InvalidYamlException;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.revision.Revision;
import io.hyperfleet.rollout.RolloutPlan;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Parses, checks and compiles one adapter's folder, and collects all problems. */
public final class AdapterReader {

  private static final String SPEC = "spec";
  private static final String NAMESPACE = "hyperfleet-adapters";
  private static final int CONCURRENCY = 4;
  /** Without these keys nothing else can be read. */
  private static final Set<String> NEEDED = Set.of("for", "template");

  private final CelEngine engine;
  private final AdapterSchema schema;
  private final AdapterTemplates templates;
  private final AdapterFolder folder;
  private final AdapterProblems problems;
  private final Optional<ManifestCheck> check;
  /** The parsed files by name. */
  private final Map<String, Object> files = new TreeMap<>();

  /**
   * A reader of one folder; manifests of an adapter that does not run here are not checked, since the policy is that of
   * another process.
   */
  public AdapterReader(CelEngine engine, AdapterSchema schema, AdapterTemplates templates, AdapterFolder folder,
      AdapterProblems problems,
      Optional<ManifestCheck> check) {
    this.engine = engine;
    this.schema = schema;
    this.templates = templates;
    this.folder = folder;
    this.problems = problems;
    this.check = check;
  }

  /**
   * The definition, or nothing when there were errors.
   *
   * @param known the names of all adapters, for a warning of others
   */
  public Optional<AdapterDefinition> read(Collection<String> known) {
    Optional<YamlDocument> file = document(AdapterFolder.DEFINITION, null, "");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    YamlDocument document = file.get();
    schema.check(document, problems);
    checkTemplate(document);
    boolean isWhole = !problems.hasErrors();
    Map<?, ?> spec = sound(document);
    if (!spec.keySet().containsAll(NEEDED)) {
      return Optional.empty();
    }
    String name = folder.name();
    if (isWhole && !name.equals(((Map<?, ?>) ((Map<?, ?>) document.value()).get("metadata")).get("name"))) {
      problems.error(document, "metadata.name", "must be the folder's name, " + folder.name());
    }
    String kind = (String) spec.get("for");
    var template = templates.find((String) spec.get("template")).orElseThrow();
    String namespace = spec.get("namespace") instanceof String text ? text : NAMESPACE;
    var expressions = new AdapterExpressions(engine.ofAnother(), problems, AdapterVariables.names(kind));
    var appliesWhen = expressions.optional(document, "spec.appliesWhen", spec.get("appliesWhen"));
    var preconditions = expressions.conditions(document, "spec.preconditions", spec.get("preconditions"));
    var discover = expressions.discover(document, spec.get("discover"));
    var postconditions = expressions.conditions(document, "spec.postconditions", spec.get("postconditions"));
    var data = expressions.data(document, "spec.data", spec.get("data"));
    var reporting = expressions.reporting(document, spec);
    expressions.waves(document, spec.get("rollout"), RolloutPlan.variables(kind));
    if (isWhole) {
      AdapterRules.check(document, spec, template, problems);
    }
    List<ManifestTemplate> manifests = new ArrayList<>();
    Set<String> jobs = new TreeSet<>();
    manifestFiles(spec, template).forEach(
        (id, place) -> document(place.file(), document, place.key()).ifPresent(yaml -> {
          var manifest = expressions.manifest(id, yaml);
          manifests.add(manifest);
          AdapterRules.check(yaml, template, problems);
          JobTtl.warn(yaml, problems);
          if (yaml.value() instanceof Map<?, ?> object) {
            if (JobTtl.isJob(object)) {
              jobs.add(id);
            }
            ManifestForm.check(yaml, manifest, template, namespace, problems);
          }
        }));
    Set<String> resources = new TreeSet<>(manifestFiles(spec, template).keySet());
    discover.forEach(object -> resources.add(object.name()));
    if (isWhole) {
      expressions.checkNames(new ExpressionNameCheck(resources, jobs, parameters(spec).keySet()));
    }
    check.ifPresent(rules -> rules.check(name, namespace,
        manifests.stream().filter(manifest -> isSound(manifest.file())).toList(),
        isSound(document.file()) ? discover : List.of(), document, problems));
    if (problems.hasErrors()) {
      return Optional.empty();
    }
    expressions.warnOfUnknownAdapters(known);
    return Optional.of(new AdapterDefinition(name, kind, template,
        spec.get("description") instanceof String text ? text : "",
        spec.get("subscription") instanceof String text ? text : name + "-adapter-sub",
        spec.get("concurrency") instanceof Number number ? number.intValue() : CONCURRENCY,
        namespace, appliesWhen, List.copyOf(preconditions), List.copyOf(manifests), discover,
        List.copyOf(postconditions), Collections.unmodifiableMap(data), reporting, WorkloadOptions.of(spec),
        parameters(spec), expressions.mentionedAdapters(), expressions.reads(jobs),
        Revision.of(files)));
  }

  private void checkTemplate(YamlDocument document) {
    if (document.value() instanceof Map<?, ?> file && file.get(SPEC) instanceof Map<?, ?> spec
        && spec.get("template") instanceof String name && templates.find(name).isEmpty()) {
      problems.error(document, "spec.template", "invalid value; allowed: " + String.join(", ", templates.names()));
    }
  }

  /**
   * The part of the specification that the schema accepts, so that it is checked further: a problem in one key does not
   * hide those of other keys.
   */
  private Map<?, ?> sound(YamlDocument document) {
    if (!(document.value() instanceof Map<?, ?> map) || !(map.get(SPEC) instanceof Map<?, ?> spec)) {
      return Map.of();
    }
    Map<Object, Object> sound = new LinkedHashMap<>(spec);
    sound.keySet().removeIf(key -> problems.list().stream().map(AdapterProblem::key)
        .anyMatch(path -> (path + ".").startsWith(SPEC + "." + key + ".") || path.startsWith(SPEC + "." + key + "[")));
    return sound;
  }

  private boolean isSound(String file) {
    return problems.list().stream().noneMatch(problem -> problem.severity() == Severity.ERROR
        && problem.file().equals(file));
  }

  private Optional<YamlDocument> document(String file, YamlDocument from, String key) {
    String path = folder.path(file);
    byte[] bytes;
    try {
      bytes = folder.read(file);
    } catch (NoSuchFileException e) {
      if (from == null) {
        problems.error(path, 0, "", "missing; every adapter folder needs this file");
      } else {
        problems.error(from, key, "file not found: " + file);
      }
      return Optional.empty();
    } catch (IOException e) {
      problems.error(path, 0, "", "cannot be read");
      return Optional.empty();
    }
    try {
      var parsed = YamlDocument.parse(path, bytes);
      var document = from == null ? parsed : parsed.asJson();
      files.put(file, document.value());
      return Optional.of(document);
    } catch (InvalidYamlException e) {
      problems.error(path, e.line(), e.key(), e.getMessage());
      return Optional.empty();
    }
  }

  private record Place(String file, String key) {}

  /** The files by the names of their objects in CEL; always {@code job} for a job-adapter. */
  private static Map<String, Place> manifestFiles(Map<?, ?> spec, AdapterTemplate template) {
    Map<String, Place> files = new LinkedHashMap<>();
    if (spec.get("manifest") instanceof String file) {
      files.put(template.runsJob()
          ? "job"
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
        ? Collections.unmodifiableMap((Map<String, Object>) map)
        : Map.of();
  }
}
