package io.hyperfleet.route;

import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Loads the route files of the process's roles before Camel starts, then the instances of their templates that come
 * from elsewhere; an invalid file aborts the start.
 */
@Component
class RouteLoader implements CamelContextConfiguration {

  private static final Pattern INSTANCE = Pattern.compile("^- templatedRoute:", Pattern.MULTILINE);

  private final Environment environment;
  private final RouteProperties properties;
  private final RouteFiles files;
  private final List<TemplateInstances> instances;

  RouteLoader(Environment environment, RouteProperties properties, ResourcePatternResolver resources,
      List<TemplateInstances> instances) {
    this.environment = environment;
    this.properties = properties;
    this.files = new RouteFiles(resources);
    this.instances = instances;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    try {
      var found = files.find(Roles.of(environment), properties.location());
      // An instance needs its template, regardless of the order of file names.
      for (boolean instance : new boolean[]{false, true}) {
        for (Resource file : found) {
          var content = file.getContentAsString(StandardCharsets.UTF_8);
          if (INSTANCE.matcher(content).find() == instance) {
            load(context, file, content);
          }
        }
      }
      new RouteCheck(context, found.stream().filter(RouteLoader::isOperators).toList(),
          Roles.of(environment).contains(Role.ADAPTERS)).check();
      for (TemplateInstances source : instances) {
        source.addTo(context);
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Cannot read the route files: " + e.getMessage(), e);
    }
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    // The routes are already there.
  }

  private static boolean isOperators(Resource file) {
    return file instanceof OperatorRouteFile;
  }

  private static void load(CamelContext context, Resource file, String content) {
    if (isOperators(file)) {
      RouteEntries.check(file, content);
    }
    try {
      PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(file.getFilename(), content));
    } catch (Exception e) {
      throw new BrokenRouteFileException(file, e);
    }
  }
}
