package io.hyperfleet.adapter.template;

import io.hyperfleet.adapter.template.AdapterTemplate.Workload;
import io.hyperfleet.role.Role;
import io.hyperfleet.route.RouteFiles;
import io.hyperfleet.route.RouteTemplates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The route templates that adapters may name: the built-in ones, and those of the operator's route files that have a
 * parameter {@code workload}, whose default value is {@code job} or {@code resources}.
 */
public final class AdapterTemplates {

  private static final String ADAPTER = "adapter";
  private static final String FROM = "{{adapter}}-adapter";

  private static final Map<String, Workload> WORKLOADS = Map.of("job", Workload.JOB, "resources", Workload.RESOURCES);

  private final SortedMap<String, AdapterTemplate> templates;

  private AdapterTemplates(SortedMap<String, AdapterTemplate> templates) {
    this.templates = Collections.unmodifiableSortedMap(templates);
  }

  /** Read once, since they are part of the release. */
  private static final class BuiltIn {
    static final AdapterTemplates TEMPLATES = read(null);
  }

  /** The templates that are built in. */
  public static AdapterTemplates builtIn() {
    return BuiltIn.TEMPLATES;
  }

  /**
   * The built-in templates and those of a directory.
   *
   * @param routes the operator's directory of route files, or {@code null}
   * @throws IllegalStateException when it is not a directory, or a file in it is invalid; the message has position and
   * problem
   */
  public static AdapterTemplates in(Path routes) {
    return routes == null ? builtIn() : read(routes);
  }

  private static AdapterTemplates read(Path routes) {
    var templates = new TreeMap<String, AdapterTemplate>();
    try {
      var files = new RouteFiles(new PathMatchingResourcePatternResolver()).find(Set.of(Role.ADAPTERS), routes);
      RouteTemplates.of(files).byId().forEach((name, template) -> {
        if (template.parameters().containsKey(RouteTemplates.WORKLOAD)) {
          templates.put(name, new AdapterTemplate(name, workload(name, template)));
        }
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new AdapterTemplates(templates);
  }

  private static Workload workload(String name, RouteTemplates.Template template) {
    if (!template.parameters().containsKey(ADAPTER) || !template.from().equals(FROM)) {
      throw template
          .refused("the template " + name + " has the parameter workload, so that adapters may name it; it has "
              + "to have the parameter adapter too, and to begin with direct:" + FROM);
    }
    var value = template.parameters().get(RouteTemplates.WORKLOAD);
    return Optional.ofNullable(WORKLOADS.get(value)).orElseThrow(() -> template.refused("the parameter workload of "
        + "the template " + name + " has the default value '" + value + "'; allowed: job, resources"));
  }

  /** The template with a name, if adapters may use it. */
  public Optional<AdapterTemplate> find(String name) {
    return Optional.ofNullable(templates.get(name));
  }

  /** All templates that adapters may use, ordered by name. */
  public Set<String> names() {
    return templates.keySet();
  }
}
