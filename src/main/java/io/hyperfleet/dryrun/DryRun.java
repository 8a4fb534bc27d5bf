package io.hyperfleet.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.AdapterRegistry;
import io.hyperfleet.adapter.AdapterRoutes;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblem.Severity;
import io.hyperfleet.adapter.workload.OwnerLabels;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.Scenario;
import io.hyperfleet.route.BrokenRouteFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * A loaded adapter that can be tried any number of times. It runs the routes of an {@code adapters} process, without
 * contacting other services.
 */
final class DryRun implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private volatile AdapterDefinition definition;
  private final CelEngine engine;
  private final AnnotationConfigApplicationContext beans;
  private final CamelContext camel;

  private DryRun(AdapterDefinition definition, CelEngine engine, AnnotationConfigApplicationContext beans) {
    this.definition = definition;
    this.engine = engine;
    this.beans = beans;
    this.camel = beans.getBean(CamelContext.class);
  }

  /** A loaded adapter, or the problems that prevent loading it. */
  record Loaded(Optional<DryRun> dryRun, List<AdapterProblem> problems) {}

  /**
   * Loads an adapter's folder as a process would, and starts its routes.
   *
   * @throws InputException when it is not an adapter folder
   */
  static Loaded load(Path folder) {
    return load(folder, null, null);
  }

  /**
   * Loads a changed folder. As in a process, the routes are kept if the new definition can use them.
   *
   * @param routes directory of the operator's route files; {@code hyperfleet.routes.location} when {@code null}
   * @param before the previous state, to be closed by the caller if it is not in the result; null for none
   * @throws InputException as {@link #load(Path)}
   */
  static Loaded load(Path folder, Path routes, DryRun before) {
    if (folder.toAbsolutePath().normalize().getFileName() == null) {
      throw new InputException(folder + ": not an adapter folder; the folder must have the adapter's name");
    }
    var engine = before == null ? CelEngine.untimed() : before.engine;
    var settings = OperatorSettings.ofEnvironment();
    var loader = AdapterLoader.ofFolders(engine, settings.templates(routes), settings.rules(), settings.kinds(),
        adapter -> true, List.of(folder));
    var name = folder.toAbsolutePath().normalize().getFileName().toString();
    var catalog = loader.load();
    var problems = catalog.problems().stream().filter(problem -> problem.adapter().equals(name)).toList();
    // A built-in adapter with the name of a broken folder is not the requested one.
    var definition = problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR)
        ? null
        : catalog.definitions().get(name);
    return new Loaded(Optional.ofNullable(definition)
        .map(found -> before != null && before.becomes(found)
            ? before
            : start(found, engine, loader, settings.routes(routes))),
        problems);
  }

  private synchronized boolean becomes(AdapterDefinition next) {
    if (!definition.name().equals(next.name()) || !AdapterRoutes.same(definition, next)) {
      return false;
    }
    beans.getBean(AdapterRegistry.class).put(next);
    definition = next;
    return true;
  }

  private static DryRun start(AdapterDefinition definition, CelEngine engine, AdapterLoader loader,
      Path routes) {
    var beans = new AnnotationConfigApplicationContext();
    var sources = beans.getEnvironment().getPropertySources();
    if (routes != null) {
      sources.addFirst(new MapPropertySource("routes", Map.of("hyperfleet.routes.location", routes.toString())));
    }
    sources.addFirst(new MapPropertySource("dry-run", Map.of(
        "hyperfleet.roles", "adapters",
        "hyperfleet.adapters.location", "",
        "hyperfleet.adapters.object-hint", "false",
        "hyperfleet.adapters.fresh", "0s",
        "hyperfleet.adapters.enabled", definition.name())));
    try {
      new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
          .forEach(sources::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    beans.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
    beans.registerBean("celEngine", CelEngine.class, () -> engine);
    beans.registerBean("adapterLoader", AdapterLoader.class, () -> loader);
    beans.register(DryRunBeans.class);
    try {
      beans.refresh();
      var dryRun = new DryRun(definition, engine, beans);
      var configurations = beans.getBeansOfType(CamelContextConfiguration.class).values();
      configurations.forEach(configuration -> configuration.beforeApplicationStart(dryRun.camel));
      dryRun.camel.start();
      configurations.forEach(configuration -> configuration.afterApplicationStart(dryRun.camel));
      var broken = beans.getBean(AdapterRegistry.class).broken().get(definition.name());
      if (broken != null) {
        throw new InputException(broken);
      }
      return dryRun;
    } catch (BrokenRouteFileException e) {
      beans.close();
      throw new InputException(e.getMessage(), e);
    } catch (RuntimeException e) {
      beans.close();
      throw e;
    }
  }

  AdapterDefinition definition() {
    return definition;
  }

  /** Has the adapter handle the scenario's event. */
  synchronized Trace run(Scenario scenario) {
    var api = new StandInApi(scenario);
    var kubernetes = new StandInKubernetes(store(scenario), scenario.faults());
    beans.getBean(StandInServer.class).use(api, kubernetes);
    try {
      var exchange = ((EventSource) camel.getComponent("google-pubsub"))
          .deliver(JSON.writeValueAsBytes(scenario.event()));
      return new TraceBuilder(definition, engine, scenario).build(exchange, api, kubernetes);
    } catch (JsonProcessingException e) {
      throw new InputException("the event is not JSON: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The initial objects; those without labels are considered the adapter's own of this generation. */
  private ObjectStore store(Scenario scenario) {
    var store = new ObjectStore(definition.manifests().stream()
        .map(manifest -> new ObjectStore.Kind(manifest.type().apiVersion(), manifest.type().kind())).toList());
    var resource = scenario.resource();
    var id = String.valueOf(resource.get("id"));
    long generation = resource.get("generation") instanceof Number number ? number.longValue() : 1;
    var owner = resource.get("owner_references") instanceof Map<?, ?> parent
        ? new Owner(definition.name(), String.valueOf(parent.get("id")), Optional.of(id), generation)
        : Owner.ofCluster(definition.name(), id, generation);
    for (Map<String, Object> given : scenario.objects()) {
      Map<String, Object> object = new LinkedHashMap<>(JSON.convertValue(given, Map.class));
      if (!(object.get("metadata") instanceof Map<?, ?> metadata) || !metadata.containsKey("labels")) {
        OwnerLabels.stamp(object, owner);
      }
      store.add(object, definition.namespace());
    }
    return store;
  }

  @Override
  public void close() {
    beans.close();
  }
}
