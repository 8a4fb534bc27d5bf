package io.hyperfleet.dryrun.convert;

import io.hyperfleet.dryrun.input.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Converts an adapter of HyperFleet's Go framework. The route template replaces what each adapter of the framework
 * defines itself: fetch, discovery, conditions and report; the adapter's specific parts are kept.
 */
public final class AdapterImport {

  private static final String RESOURCES = "resource-adapter";
  private static final String JOB = "job-adapter";
  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");
  /** Labels and annotations that the platform gives each object. */
  private static final Set<String> SUPPLIED = Set.of("hyperfleet.io/cluster-id", "hyperfleet.io/nodepool-id",
      "hyperfleet.io/managed-by", "hyperfleet.io/resource-type", "hyperfleet.io/generation",
      "hyperfleet.io/created-by");
  private static final Pattern MANIFEST_REF = Pattern.compile("[A-Za-z0-9._/-]+");

  private final UpstreamFiles files;
  private final ImportReport report = new ImportReport();
  private final Map<String, List<String>> todos = new LinkedHashMap<>();
  private final Map<String, Object> manifests = new LinkedHashMap<>();
  private final Map<String, Object> spec = new LinkedHashMap<>();
  private final Map<String, Object> deletion = new LinkedHashMap<>();
  /** CEL of the list that a nested discovery finds, by its name. */
  private final Map<String, String> nestedNames = new LinkedHashMap<>();
  private final Map<String, String> originals = new LinkedHashMap<>();
  private final boolean nodePools;
  private final Parameters parameters;
  private final Preconditions preconditions;
  private final GoPipeline scope;

  private AdapterImport(UpstreamFiles files, Map<String, String> environment) {
    this.files = files;
    this.nodePools = actsOnNodePools();
    this.parameters = new Parameters(files, environment, nodePools, report);
    this.preconditions = new Preconditions(parameters, report);
    this.scope = new GoPipeline(parameters.names());
  }

  /**
   * Imports the adapter of a folder.
   *
   * @param name name of the adapter; null takes that of its files
   * @param environment values of environment variables that it reads
   * @throws InputException when the folder holds none, or its name cannot be one here
   */
  public static Imported of(Path directory, String name, Map<String, String> environment) {
    var files = UpstreamFiles.read(directory);
    var wanted = name == null ? files.name() : name;
    if (wanted == null || !NAME.matcher(wanted).matches()) {
      throw new InputException(directory + ": " + (wanted == null
          ? "no file says the adapter's name"
          : "'" + wanted
              + "' is not a valid adapter name, which has at most 40 lower-case letters, digits and hyphens")
          + "; set one with --name");
    }
    return new AdapterImport(files, environment).convert(wanted);
  }

  private boolean actsOnNodePools() {
    var posts = files.post().get("post_actions");
    return String.valueOf(posts).contains("/nodepools/")
        || String.valueOf(files.list("params")).contains("/nodepools/")
        || String.valueOf(files.list("preconditions")).contains("/nodepools/");
  }

  private Imported convert(String name) {
    files.list("params").forEach(parameters::read);
    files.list("preconditions").forEach(preconditions::read);
    var resources = files.list("resources");
    boolean job = isJobOfAGeneration(resources);
    spec.put("template", job ? JOB : RESOURCES);
    spec.put("for", nodePools ? "NodePool" : "Cluster");
    if (files.subscription() != null) {
      spec.put("subscription", files.subscription());
      report.became("clients.broker.subscription_id", "spec.subscription");
    }
    var listed = new ArrayList<Map<String, Object>>();
    var discovered = new ArrayList<Map<String, Object>>();
    resources.forEach(resource -> resource(resource, job, listed, discovered, resources.size() == 1));
    var payload = new StatusPayload(parameters, new ManifestText(text -> {}), scope, job, report);
    post(payload);
    put("preconditions", preconditions.conditions());
    if (job) {
      spec.put("manifest", "job.yaml");
    } else if (!listed.isEmpty()) {
      spec.put("manifests", listed);
    }
    put("discover", discovered);
    put("postconditions", payload.postconditions());
    put("data", payload.data());
    put("conditions", payload.conditions());
    put("deletion", deletion);
    put("parameters", parameters.values());
    if (resources.isEmpty()) {
      todo("adapter.yaml", "resources", "an adapter needs a manifest: write one");
    }
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("apiVersion", "hyperfleet.io/v1");
    definition.put("kind", "Adapter");
    definition.put("metadata", Map.of("name", name));
    definition.put("spec", spec);
    report.todos().stream().filter(line -> todos.values().stream().noneMatch(list -> list.contains(words(line))))
        .forEach(line -> todos.computeIfAbsent("adapter.yaml", key -> new ArrayList<>()).add(words(line)));
    return new Imported(name, definition, manifests, todos, originals, report);
  }

  private void put(String key, Object value) {
    boolean empty = value instanceof Map<?, ?> map && map.isEmpty() || value instanceof List<?> list && list.isEmpty();
    if (!empty) {
      spec.put(key, value);
    }
  }

  private static String words(ImportReport.Line line) {
    return line.part() + ": " + line.became();
  }

  private void todo(String file, String part, String what) {
    report.todo(part, what);
    todos.computeIfAbsent(file, key -> new ArrayList<>()).add(part + ": " + what);
  }

  /** A single Job with the generation in its name becomes a job-adapter. */
  private boolean isJobOfAGeneration(List<Map<String, Object>> resources) {
    if (resources.size() != 1) {
      return false;
    }
    var text = manifestText(resources.get(0));
    if (!text.contains("kind: Job") && !text.contains("kind=Job")) {
      return false;
    }
    var name = Pattern.compile("(?m)^\\s*\"?name\"?[:=]\\s*(.*\\{\\{.*)$").matcher(text);
    return name.find() && Pattern.compile("\\{\\{[^}]*\\.(\\w+)").matcher(name.group(1)).results()
        .anyMatch(found -> parameters.names().find(found.group(1)).map(Term::cel).orElse("").endsWith(".generation"));
  }

  private String manifestText(Map<String, Object> resource) {
    var manifest = resource.get("manifest");
    if (manifest instanceof Map<?, ?> map && map.get("ref") instanceof String ref && map.size() == 1) {
      return files.referred(ref);
    }
    return manifest instanceof String text ? text : flattened(manifest, new StringBuilder(), "").toString();
  }

  private static StringBuilder flattened(Object value, StringBuilder out, String indent) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> flattened(item, out.append('\n').append(indent).append(key).append(": "),
          indent + "  "));
    } else {
      out.append(value);
    }
    return out;
  }

  private void resource(Map<String, Object> resource, boolean job, List<Map<String, Object>> listed,
      List<Map<String, Object>> discovered, boolean alone) {
    var name = UpstreamFiles.text(resource.get("name"));
    var part = "resources." + name;
    var file = job ? "job.yaml" : name + ".yaml";
    if (job) {
      parameters.names().put("resources", Term.any("{" + Term.quoted(name) + ": resources.job}"));
    }
    var manifest = manifest(part, file, resource);
    transport(part, file, UpstreamFiles.map(resource.get("transport")), manifest);
    stripped(part, manifest, job);
    manifests.put(file, manifest);
    report.became(part + ".manifest", file);
    if (!job) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", name);
      entry.put("file", file);
      if (Boolean.TRUE.equals(resource.get("recreate_on_change"))) {
        entry.put("onChange", "recreate");
        report.became(part + ".recreate_on_change", "onChange: recreate");
      }
      listed.add(entry);
    }
    discovery(part, name, UpstreamFiles.map(resource.get("discovery")), manifest, discovered);
    lifecycle(part, file, name, UpstreamFiles.map(resource.get("lifecycle")), alone);
    UpstreamFiles.maps(resource.get("nested_discoveries")).forEach(nested -> nested(part, file, name, nested));
  }

  private Map<String, Object> manifest(String part, String file, Map<String, Object> resource) {
    var texts = new ManifestText(what -> todo(file, part + ".manifest", what));
    try {
      var manifest = resource.get("manifest");
      boolean map = manifest instanceof Map<?, ?> given && !(given.size() == 1 && given.get("ref") instanceof String);
      var converted = map ? filled(manifest, texts) : texts.convert(manifestText(resource), scope);
      if (converted instanceof Map<?, ?>) {
        return new LinkedHashMap<>(UpstreamFiles.map(converted));
      }
      todo(file, part + ".manifest", "it is not a map");
    } catch (Unconvertible e) {
      todo(file, part + ".manifest", "write it by hand: " + e.getMessage());
      originals.put(file, resource.get("manifest") instanceof Map<?, ?> map && !map.containsKey("ref")
          ? String.valueOf(map)
          : manifestText(resource));
    }
    return new LinkedHashMap<>();
  }

  private Object filled(Object value, ManifestText texts) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> filled = new LinkedHashMap<>();
      map.forEach((key, item) -> filled.put(texts.text(String.valueOf(key), scope), filled(item, texts)));
      return filled;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(item -> filled(item, texts)).toList();
    }
    return value instanceof String text ? texts.text(text, scope) : value;
  }

  /** What the platform gives each object need not be written. */
  private void stripped(String part, Map<String, Object> manifest, boolean job) {
    var metadata = new LinkedHashMap<>(UpstreamFiles.map(manifest.get("metadata")));
    for (String key : List.of("labels", "annotations")) {
      var entries = new LinkedHashMap<>(UpstreamFiles.map(metadata.get(key)));
      if (entries.keySet().removeIf(SUPPLIED::contains)) {
        report.became(part + ".manifest.metadata." + key, "hyperfleet.io/* are supplied by the platform");
      }
      if (entries.isEmpty()) {
        metadata.remove(key);
      } else {
        metadata.put(key, entries);
      }
    }
    if (job) {
      metadata.remove("name");
      report.became(part + ".manifest.metadata.name", "supplied by the template, a name for each generation");
      if (metadata.remove("namespace") instanceof String namespace && !namespace.contains("${")) {
        spec.put("namespace", namespace);
      }
    }
    if (metadata.isEmpty()) {
      manifest.remove("metadata");
    } else if (manifest.containsKey("metadata")) {
      manifest.put("metadata", metadata);
    }
  }

  private void transport(String part, String file, Map<String, Object> transport, Map<String, Object> manifest) {
    if (!"maestro".equals(transport.get("client"))) {
      return;
    }
    var target = UpstreamFiles.text(UpstreamFiles.map(transport.get("maestro")).get("target_cluster"));
    var metadata = new LinkedHashMap<>(UpstreamFiles.map(manifest.get("metadata")));
    try {
      metadata.put("namespace", new ManifestText(text -> {}).text(target, scope));
      manifest.put("metadata", metadata);
    } catch (Unconvertible e) {
      // The line below says it.
    }
    todo(file, part + ".transport", "Maestro has no counterpart: the ManifestWork is applied by Kubernetes, in the "
        + "namespace of its cluster, so that these adapters need a kubeconfig of the hub");
  }

  private void discovery(String part, String name, Map<String, Object> discovery, Map<String, Object> manifest,
      List<Map<String, Object>> discovered) {
    var wanted = discovery.get("by_name") instanceof String byName ? byName : null;
    var metadata = UpstreamFiles.map(manifest.get("metadata"));
    try {
      var texts = new ManifestText(text -> {});
      if (wanted != null && !texts.text(wanted, scope).equals(metadata.get("name")) && metadata.get("name") != null) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name + "Found");
        entry.put("apiVersion", manifest.get("apiVersion"));
        entry.put("kind", manifest.get("kind"));
        entry.put("byName", texts.text(wanted, scope));
        discovered.add(entry);
        report.became(part + ".discovery", "spec.discover, as resources." + name + "Found: it has another name than "
            + "what is applied, which is resources." + name);
        return;
      }
    } catch (Unconvertible e) {
      report.todo(part + ".discovery", e.getMessage());
      return;
    }
    if (!discovery.isEmpty()) {
      report.became(part + ".discovery", "nothing: what was applied is read under its own name");
    }
  }

  private void lifecycle(String part, String file, String name, Map<String, Object> lifecycle, boolean alone) {
    var delete = UpstreamFiles.map(lifecycle.get("delete"));
    if (!delete.isEmpty()) {
      if (delete.get("propagationPolicy") instanceof String policy && !policy.equals("Background")) {
        deletion.put("propagationPolicy", policy);
      }
      var when = expression(delete);
      if (isDeleting(when)) {
        report.became(part + ".lifecycle.delete", "done by the template when the resource is deleted"
            + (deletion.isEmpty() ? "" : ", spec.deletion"));
      } else {
        todo("adapter.yaml", part + ".lifecycle.delete",
            "no counterpart: it is deleted with the resource, not when " + when);
      }
    }
    var create = UpstreamFiles.map(lifecycle.get("create"));
    if (!create.isEmpty()) {
      var when = expression(create);
      if (isDeleting(when.replaceFirst("^!", ""))) {
        report.became(part + ".lifecycle.create", "nothing: no objects are created while the resource is being "
            + "deleted");
      } else if (alone) {
        preconditions.add(name + " may be created", when);
        report.became(part + ".lifecycle.create", "spec.preconditions");
      } else {
        todo("adapter.yaml", part + ".lifecycle.create",
            "no counterpart for one of several resources: split the adapter, or make it a precondition: " + when);
      }
    }
    if (lifecycle.containsKey("recreate")) {
      todo("adapter.yaml", part + ".lifecycle.recreate", "no counterpart: onChange: recreate, or spec.retry of a Job");
    }
  }

  private String expression(Map<String, Object> gate) {
    return parameters.names().cel(UpstreamFiles.text(UpstreamFiles.map(gate.get("when")).get("expression")));
  }

  private static boolean isDeleting(String cel) {
    return cel.replaceAll("[()]", "").matches("has(cluster|nodepool)\\.deleted_time"
        + "|(cluster|nodepool)\\.\\?deleted_time\\.hasValue|(cluster|nodepool)\\.\\?deleted_time\\.orValue('')? != ''");
  }

  private void nested(String part, String file, String parent, Map<String, Object> nested) {
    var name = UpstreamFiles.text(nested.get("name"));
    var discovery = UpstreamFiles.map(nested.get("discovery"));
    if (!(discovery.get("by_name") instanceof String byName)) {
      todo("adapter.yaml", part + ".nested_discoveries." + name, "a selector has no counterpart: find it by its name");
      return;
    }
    try {
      var texts = new ManifestText(text -> {});
      var namespace = UpstreamFiles.text(discovery.get("namespace"));
      var found = "resources.?" + parent
          + ".?status.?resourceStatus.?manifests.orValue([]).filter(m, m.resourceMeta.name"
          + " == " + texts.term(byName, scope).part()
          + (namespace.isEmpty() ? "" : " && m.resourceMeta.namespace == " + texts.term(namespace, scope).part())
          + ")";
      nestedNames.put(name, found);
      report.became(part + ".nested_discoveries." + name, "what the ManifestWork says of it, " + found + "[0]");
    } catch (Unconvertible e) {
      todo("adapter.yaml", part + ".nested_discoveries." + name, e.getMessage());
    }
  }

  private void post(StatusPayload payload) {
    var post = files.post();
    var actions = UpstreamFiles.maps(post.get("post_actions"));
    for (var action : actions) {
      var part = "post.post_actions." + action.get("name");
      var call = UpstreamFiles.map(action.get("api_call"));
      boolean reports = UpstreamFiles.text(call.get("url")).matches(".*/status(es)?/?");
      var when = UpstreamFiles.text(UpstreamFiles.map(action.get("when")).get("expression"));
      if (reports && (when.isEmpty() || when.matches("!\\s*adapter\\.\\??resourcesSkipped.*"))) {
        report.became(part, "done by the template"
            + (when.isEmpty() ? "" : "; an available adapter does not check its preconditions again"));
      } else if (reports) {
        report.todo(part, "no counterpart: every event is reported, not only when " + when);
      } else if (call.isEmpty()) {
        report.became(part, "nothing: an event's steps are logged by the platform");
      } else {
        report.todo(part, "no counterpart: an adapter sends reports only, not " + call.get("method") + " "
            + call.get("url"));
      }
    }
    for (var one : UpstreamFiles.maps(post.get("payloads"))) {
      var name = UpstreamFiles.text(one.get("name"));
      var part = "post.payloads." + name;
      var build = one.get("build_ref") instanceof String ref ? built(ref) : UpstreamFiles.map(one.get("build"));
      if (!build.containsKey("conditions")) {
        report.todo(part, "no counterpart: there are no payloads beside the report");
        continue;
      }
      if (one.containsKey("when")) {
        report.became(part + ".when", "nothing: every event is reported");
      }
      payload.read(part, UpstreamFiles.map(withNested(build)));
    }
  }

  private Map<String, Object> built(String ref) {
    if (!MANIFEST_REF.matcher(ref).matches()) {
      throw new InputException("build_ref: " + ref + " is not a path");
    }
    return files.referredYaml(ref);
  }

  /** What nested discoveries found stands where expressions name it. */
  private Object withNested(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> result = new LinkedHashMap<>();
      map.forEach((key, item) -> result.put(String.valueOf(key), withNested(item)));
      return result;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(this::withNested).toList();
    }
    if (!(value instanceof String text)) {
      return value;
    }
    for (var nested : nestedNames.entrySet()) {
      var cel = Matcher.quoteReplacement(nested.getValue());
      text = text.replaceAll("has\\(resources\\." + nested.getKey() + "\\)", "(" + cel + ".size() > 0)")
          .replaceAll("\\bresources\\.\\?" + nested.getKey() + "\\b", cel + "[?0]")
          .replaceAll("\\bresources\\." + nested.getKey() + "\\b", cel + "[0]");
    }
    return text;
  }
}
