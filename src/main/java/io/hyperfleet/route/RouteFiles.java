package io.hyperfleet.route;

import io.hyperfleet.role.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * Finds the route files of a process: the built-in ones for its roles and the shared ones, then those in the directory
 * {@code hyperfleet.routes.location}. A file there replaces the built-in file of the same name; a name that no built-in
 * file has adds to them.
 */
public class RouteFiles {

  static final String SUFFIX = ".camel.yaml";
  private static final String SHARED = "shared";

  private final ResourcePatternResolver resources;

  public RouteFiles(ResourcePatternResolver resources) {
    this.resources = resources;
  }

  /**
   * The files to load, shared ones first.
   *
   * @param location the operators' directory, or {@code null}
   * @throws IllegalStateException when the location is not a directory
   */
  public List<Resource> find(Set<Role> roles, Path location) throws IOException {
    Map<String, Resource> files = new LinkedHashMap<>(builtIn(SHARED));
    for (Role role : roles) {
      files.putAll(builtIn(role.word()));
    }
    if (location != null) {
      replaceAndAdd(files, roles, location);
    }
    return List.copyOf(files.values());
  }

  private void replaceAndAdd(Map<String, Resource> files, Set<Role> roles, Path location) throws IOException {
    if (!Files.isDirectory(location)) {
      throw new IllegalStateException("hyperfleet.routes.location: " + location + " is not a directory");
    }
    var elsewhere = new LinkedHashMap<String, Resource>();
    for (Role role : Role.values()) {
      if (!roles.contains(role)) {
        elsewhere.putAll(builtIn(role.word()));
      }
    }
    for (Path file : routeFiles(location)) {
      var name = file.getFileName().toString();
      if (!elsewhere.containsKey(name)) {
        files.put(name, new OperatorRouteFile(file));
      }
    }
  }

  private static List<Path> routeFiles(Path location) throws IOException {
    try (var paths = Files.walk(location)) {
      return paths.filter(path -> path.toString().endsWith(SUFFIX)).filter(Files::isRegularFile)
          // A mounted ConfigMap shows every file twice: once in a folder that starts with two dots.
          .filter(path -> !location.relativize(path).toString().startsWith(".."))
          .sorted().toList();
    }
  }

  private Map<String, Resource> builtIn(String folder) throws IOException {
    var found = new LinkedHashMap<String, Resource>();
    var sorted = new ArrayList<>(List.of(resources.getResources("classpath*:routes/" + folder + "/*" + SUFFIX)));
    sorted.sort((a, b) -> String.valueOf(a.getFilename()).compareTo(String.valueOf(b.getFilename())));
    sorted.forEach(file -> found.put(file.getFilename(), file));
    return found;
  }
}
