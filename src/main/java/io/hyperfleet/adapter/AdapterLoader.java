package io.hyperfleet.adapter;

import io.hyperfleet.adapter.AdapterProblem.Severity;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Reads the folders of all adapters (design.md 11): the built-in ones, and those of
 * {@code hyperfleet.adapters.location}, a directory with one folder an adapter, which add to the built-in ones and
 * replace them by name. It can be called again when the directory has changed; it keeps no state.
 *
 * <p>Files are data and are not trusted: see {@link YamlDocument} for what is refused.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterLoader {

  static final String BUILT_IN = "classpath*:adapters/*/" + AdapterFolder.DEFINITION;

  private final CelEngine engine;
  private final String builtIn;
  private final String location;
  private final ManifestRules rules;
  private final Predicate<String> runs;
  private final AdapterSchema schema = new AdapterSchema();
  private final ResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

  /** A loader of the built-in adapters and those of the configured directory, with or without {@code file:}. */
  @Autowired
  public AdapterLoader(CelEngine engine, ManifestRules rules, AdapterProperties properties) {
    this(engine, rules, properties::runs, BUILT_IN, properties.location());
  }

  /**
   * A loader of the built-in adapters and of some folders, which add to them or replace them. Nothing that changes afterwards
   * is seen.
   *
   * @param runs the names of the adapters whose manifests are held to the rules
   * @param folders directories with an {@code adapter.yaml}; their names are those of the adapters
   */
  public static AdapterLoader ofFolders(CelEngine engine, ManifestRules rules, Predicate<String> runs, List<Path> folders) {
    return new AdapterLoader(engine, rules, runs, BUILT_IN, "") {
      private AdapterCatalog read;

      @Override
      public synchronized AdapterCatalog load() {
        read = read == null ? super.load() : read;
        return read;
      }

      @Override
      Map<String, AdapterFolder> directoryFolders(List<AdapterProblem> problems) {
        Map<String, AdapterFolder> named = new TreeMap<>();
        folders.stream().map(folder -> folder.toAbsolutePath().normalize())
            .forEach(folder -> named.put(folder.getFileName().toString(), AdapterFolder.of(folder)));
        return named;
      }

      @Override
      public String fingerprint() {
        return "";
      }
    };
  }

  AdapterLoader(CelEngine engine, ManifestRules rules, Predicate<String> runs, String builtIn, String location) {
    this.engine = engine;
    this.rules = rules;
    this.runs = runs;
    this.builtIn = builtIn;
    this.location = location.strip();
  }

  /**
   * Reads everything. What is wrong in a folder is in the result, never thrown; a broken folder of the directory does
   * not bring back the built-in adapter of that name.
   */
  public AdapterCatalog load() {
    List<AdapterProblem> problems = new ArrayList<>();
    var builtIns = builtInFolders();
    Map<String, AdapterFolder> folders = new TreeMap<>(builtIns);
    folders.putAll(directoryFolders(problems));
    Map<String, AdapterDefinition> definitions = new TreeMap<>();
    folders.forEach((name, folder) -> {
      var found = new AdapterProblems(name);
      new AdapterReader(engine, schema, folder, found, check(name, builtIns.get(name) == folder)).read(folders.keySet())
          .ifPresent(definition -> definitions.put(name, definition));
      problems.addAll(found.list());
    });
    dropSharedSubscriptions(definitions, folders, problems);
    return new AdapterCatalog(Collections.unmodifiableMap(definitions), List.copyOf(problems));
  }

  /** A built-in adapter that the operator's policy does not allow is no broken one: it runs, and reports that. */
  private Optional<ManifestCheck> check(String name, boolean builtIn) {
    return runs.test(name) ? Optional.of(new ManifestCheck(rules, builtIn ? Severity.WARNING : Severity.ERROR))
        : Optional.empty();
  }

  /** What the configured directory holds: a text that changes when any of its adapters' files does. */
  public String fingerprint() {
    var problems = new ArrayList<AdapterProblem>();
    var fingerprint = new FolderFingerprint();
    directoryFolders(problems).keySet().forEach(name -> fingerprint.add(directory().resolve(name)));
    return problems.isEmpty() ? fingerprint.text() : "unreadable";
  }

  /** Two adapters on one subscription would each get half of the events. */
  private static void dropSharedSubscriptions(Map<String, AdapterDefinition> definitions,
      Map<String, AdapterFolder> folders, List<AdapterProblem> problems) {
    Map<String, String> owners = new TreeMap<>();
    for (AdapterDefinition definition : List.copyOf(definitions.values())) {
      String owner = owners.putIfAbsent(definition.subscription(), definition.name());
      if (owner != null) {
        definitions.remove(definition.name());
        problems.add(new AdapterProblem(definition.name(), folders.get(definition.name()).path(AdapterFolder.DEFINITION),
            0, "spec.subscription", "is that of the adapter '" + owner + "'; each adapter has one of its own",
            Severity.ERROR));
      }
    }
  }

  private Path directory() {
    return Path.of(location.replaceFirst("^file:(//)?", ""));
  }

  private Map<String, AdapterFolder> builtInFolders() {
    Map<String, AdapterFolder> folders = new TreeMap<>();
    try {
      for (Resource resource : resources.getResources(builtIn)) {
        String[] path = resource.getURL().getPath().split("/");
        String name = path[path.length - 2];
        folders.putIfAbsent(name, AdapterFolder.of(name, resource));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folders;
  }

  Map<String, AdapterFolder> directoryFolders(List<AdapterProblem> problems) {
    if (location.isEmpty()) {
      return Map.of();
    }
    Path directory = directory();
    Map<String, AdapterFolder> folders = new TreeMap<>();
    // Names that begin with a dot are how Kubernetes swaps the content of a mounted ConfigMap.
    try (Stream<Path> entries = Files.list(directory)) {
      entries.filter(Files::isDirectory)
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .forEach(path -> folders.put(path.getFileName().toString(), AdapterFolder.of(path)));
    } catch (IOException e) {
      problems.add(new AdapterProblem("", directory.toString(), 0, "",
          "hyperfleet.adapters.location is no readable directory; one with a folder for each adapter is allowed",
          Severity.ERROR));
    }
    return folders;
  }
}
