package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.adapter.folder.AdapterDirectory;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.FolderContents;
import io.hyperfleet.adapter.folder.InvalidYamlException;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Reads the folders of all adapters: the built-in ones, and those of {@code hyperfleet.adapters.location}, a directory
 * with one folder per adapter, which add to the built-in ones or replace them by name. Stateless: it can be called
 * again when the directory has changed.
 *
 * <p>Files are untrusted data: see {@link YamlDocument} for what is rejected.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterLoader {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterLoader.class);
  private static final int ATTEMPTS = 4;

  static final String BUILT_IN = "classpath*:adapters/*/" + AdapterFolder.DEFINITION;

  private final CelEngine engine;
  private final String builtIn;
  private final AdapterDirectory directory;
  private final AdapterTemplates templates;
  private final ManifestRules rules;
  private final Optional<Kinds> kinds;
  private final Predicate<String> runs;
  private final AdapterSchema schema = AdapterSchema.ofAdapters();
  private final ResourcePatternResolver resources = new PathMatchingResourcePatternResolver();

  /** A loader of the built-in adapters and those of the configured directory, with or without {@code file:}. */
  @Autowired
  public AdapterLoader(CelEngine engine, AdapterTemplates templates, ManifestRules rules, Kinds kinds,
      AdapterProperties properties) {
    this(engine, templates, rules, Optional.of(kinds), properties::runs, BUILT_IN, properties.location());
  }

  /**
   * A loader of the built-in adapters and of some folders, which add to them or replace them. Later changes are not
   * seen.
   *
   * @param templates the route templates that adapters may name
   * @param kinds the kinds that adapters may act on
   * @param runs the names of the adapters whose kind and manifests are checked
   * @param folders directories with an {@code adapter.yaml}; their names are those of the adapters
   */
  public static AdapterLoader ofFolders(CelEngine engine, AdapterTemplates templates, ManifestRules rules, Kinds kinds,
      Predicate<String> runs,
      List<Path> folders) {
    return new AdapterLoader(engine, templates, rules, Optional.of(kinds), runs, BUILT_IN, "") {
      private AdapterCatalog read;

      @Override
      public synchronized AdapterCatalog load() {
        read = read == null ? super.load() : read;
        return read;
      }

      @Override
      AdapterDirectory.Listing list() {
        Map<String, AdapterFolder> named = new TreeMap<>();
        folders.stream().map(folder -> folder.toAbsolutePath().normalize())
            .forEach(folder -> named.put(folder.getFileName().toString(), AdapterFolder.of(folder, folder)));
        return new AdapterDirectory.Listing(named, List.of(), true);
      }

      /** The adapters in the parent directories of these folders. */
      @Override
      Set<String> neighbours() {
        return folders.stream().map(folder -> folder.toAbsolutePath().normalize().getParent())
            .filter(Objects::nonNull).distinct()
            .flatMap(parent -> new AdapterDirectory(parent.toString()).list().folders().entrySet().stream())
            .filter(folder -> isAdapter(folder.getValue())).map(Map.Entry::getKey).collect(Collectors.toSet());
      }

      private static boolean isAdapter(AdapterFolder folder) {
        try {
          return folder.read(AdapterFolder.DEFINITION).length > 0;
        } catch (IOException e) {
          return false;
        }
      }

      @Override
      public boolean isCurrent(AdapterCatalog catalog) {
        return true;
      }
    };
  }

  /**
   * Reads one folder on its own.
   *
   * @param rules rules for its manifests; absent if they are not checked
   * @param problems receives the problems
   */
  public static Optional<AdapterDefinition> read(CelEngine engine, AdapterTemplates templates,
      Optional<ManifestRules> rules, AdapterFolder folder, AdapterProblems problems) {
    return new AdapterReader(engine, AdapterSchema.ofAdapters(), templates, folder, problems,
        rules.map(held -> new ManifestCheck(held, Severity.ERROR))).read(Set.of());
  }

  /** A loader that knows the built-in templates and accepts any kind of resource. */
  public AdapterLoader(CelEngine engine, ManifestRules rules, Predicate<String> runs, String builtIn, String location) {
    this(engine, AdapterTemplates.builtIn(), rules, Optional.empty(), runs, builtIn, location);
  }

  private AdapterLoader(CelEngine engine, AdapterTemplates templates, ManifestRules rules, Optional<Kinds> kinds,
      Predicate<String> runs,
      String builtIn, String location) {
    this.engine = engine;
    this.templates = templates;
    this.rules = rules;
    this.kinds = kinds;
    this.runs = runs;
    this.builtIn = builtIn;
    this.directory = new AdapterDirectory(location);
  }

  /**
   * Reads everything. Problems of a folder are in the result, never thrown, and do not affect other folders; for a
   * broken folder the built-in adapter of its name is used. A directory that changes in the meantime is read again, a
   * few times at most.
   */
  public AdapterCatalog load() {
    var catalog = read();
    for (int i = 1; i < ATTEMPTS && !isCurrent(catalog); i++) {
      catalog = read();
    }
    return catalog;
  }

  /** Whether the directory still has the content of the catalog. */
  public boolean isCurrent(AdapterCatalog catalog) {
    return catalog.source().isCurrent(list());
  }

  AdapterDirectory.Listing list() {
    return directory.list();
  }

  /** The names of further adapters that expressions may refer to. */
  Set<String> neighbours() {
    return Set.of();
  }

  private AdapterCatalog read() {
    var listing = list();
    Map<String, AdapterFolder> builtInFolders = builtInFolders();
    Set<String> known = new TreeSet<>(builtInFolders.keySet());
    known.addAll(listing.folders().keySet());
    known.addAll(neighbours());

    List<AdapterProblem> problems = new ArrayList<>();
    Map<String, AdapterDefinition> own = definitions(builtInFolders, Severity.WARNING, known,
        new AdapterClaims(List.of()), problems);
    var inside = new AdapterCatalog.BuiltIn(own, List.copyOf(problems));

    Map<String, AdapterFolder> contents = new TreeMap<>();
    listing.folders().forEach((name, folder) -> contents.put(name, new FolderContents(folder)));
    problems.addAll(listing.problems());
    Map<String, AdapterDefinition> definitions = new TreeMap<>(own);
    definitions.putAll(definitions(contents, Severity.ERROR, known, new AdapterClaims(own.values()), problems));
    return new AdapterCatalog(Collections.unmodifiableMap(definitions), inside, List.copyOf(problems),
        new AdapterCatalog.Source(listing, contents.values().stream().map(FolderContents.class::cast).toList()));
  }

  /**
   * Reads some folders.
   *
   * @param refused severity of a manifest that the operator's policy forbids: a built-in adapter still runs, and
   * reports it
   */
  private Map<String, AdapterDefinition> definitions(Map<String, AdapterFolder> folders, Severity refused,
      Set<String> known,
      AdapterClaims claims, List<AdapterProblem> problems) {
    Map<String, AdapterDefinition> definitions = new TreeMap<>();
    folders.forEach((name, folder) -> {
      var found = new AdapterProblems(name);
      read(folder, refused, known, found).ifPresent(definition -> unknownKind(definition)
          .or(() -> claims.claim(definition)).ifPresentOrElse(
              conflict -> found.error(folder.path(AdapterFolder.DEFINITION), line(folder, conflict.key()),
                  conflict.key(), conflict.message()),
              () -> definitions.put(name, definition)));
      problems.addAll(found.list());
    });
    return Collections.unmodifiableMap(definitions);
  }

  private Optional<AdapterClaims.Conflict> unknownKind(AdapterDefinition definition) {
    return kinds.filter(all -> runs.test(definition.name()) && all.named(definition.kind()).isEmpty())
        .map(all -> new AdapterClaims.Conflict("spec.for",
            "unknown kind " + definition.kind() + "; allowed: " + all.names()));
  }

  private Optional<AdapterDefinition> read(AdapterFolder folder, Severity refused, Set<String> known,
      AdapterProblems problems) {
    var check = runs.test(folder.name())
        ? Optional.of(new ManifestCheck(rules, refused))
        : Optional.<ManifestCheck>empty();
    try {
      return new AdapterReader(engine, schema, templates, folder, problems, check).read(known);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("Cannot load the adapter's folder {}", folder.name(), e);
      problems.error(folder.path(AdapterFolder.DEFINITION), 0, "", "cannot be loaded: " + e.getClass().getSimpleName()
          + "; the log says more");
      return Optional.empty();
    }
  }

  private static int line(AdapterFolder folder, String key) {
    try {
      var path = folder.path(AdapterFolder.DEFINITION);
      return YamlDocument.parse(path, folder.read(AdapterFolder.DEFINITION)).line(key);
    } catch (IOException | InvalidYamlException gone) {
      // It has just been read; the key is enough without its line.
      return 0;
    }
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
}
