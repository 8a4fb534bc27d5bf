package io.hyperfleet.dryrun;

import io.hyperfleet.adapter.definition.AdapterProperties;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.LivingApi;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.log.FailureMessage;
import io.hyperfleet.policy.ManifestPolicy;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.policy.PolicyProperties;
import io.hyperfleet.route.RouteProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/**
 * The operator's configuration for a command: environment variables, a file, and defaults.
 */
final class OperatorSettings {

  private static final String POLICY = "hyperfleet.adapters.policy";

  private final StandardEnvironment environment = new StandardEnvironment();

  private OperatorSettings() {}

  /** The environment and the defaults. */
  static OperatorSettings ofEnvironment() {
    var settings = new OperatorSettings();
    try {
      addYaml(settings.environment.getPropertySources(), new ClassPathResource("application.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ConfigurationPropertySources.attach(settings.environment);
    return settings;
  }

  /**
   * The same with a file of the application's configuration.
   *
   * @throws InputException when it cannot be read, or has an invalid policy
   */
  static OperatorSettings of(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new InputException(file + ": file does not exist or cannot be read");
    }
    var settings = new OperatorSettings();
    var sources = settings.environment.getPropertySources();
    try {
      addYaml(sources, new FileSystemResource(file));
    } catch (IOException | RuntimeException e) {
      throw new InputException(
          file + ": not valid YAML: " + FailureMessage.of(e).lines().findFirst().orElse(""), e);
    } catch (StackOverflowError e) {
      throw new InputException(file + ": not valid YAML: nested too deeply, or an alias inside of what it stands for",
          e);
    }
    ConfigurationPropertySources.attach(settings.environment);
    try {
      addYaml(sources, new ClassPathResource("application.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings.policy();
    return settings;
  }

  /** Of several documents the last one wins, as in the application. */
  private static void addYaml(MutablePropertySources sources, Resource file) throws IOException {
    var documents = new ArrayList<>(new YamlPropertySourceLoader().load(file.getDescription(), file));
    Collections.reverse(documents);
    documents.forEach(sources::addLast);
  }

  ManifestRules rules() {
    return new ManifestRules(new ManifestPolicy(policy()));
  }

  private PolicyProperties policy() {
    return bind(POLICY, PolicyProperties.class,
        new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()));
  }

  /** Whether the configuration has the adapter run. */
  boolean runs(String adapter) {
    return adapters().runs(adapter);
  }

  /** The directory of the adapters' folders. */
  Optional<Path> location() {
    return adapters().directory();
  }

  private AdapterProperties adapters() {
    return bind("hyperfleet.adapters", AdapterProperties.class, BindHandler.DEFAULT);
  }

  /** URL of the API's resources: the given one, otherwise {@code hyperfleet.api.base-url}. */
  String api(String given) {
    return LivingApi.base(given != null ? given : environment.getProperty("hyperfleet.api.base-url", ""));
  }

  /** A reader of APIs with the token in a file: the given one, otherwise {@code hyperfleet.api.token-file}, if any. */
  LivingApi reader(Path given) {
    var configured = environment.getProperty("hyperfleet.api.token-file", "");
    return new LivingApi(given != null || configured.isBlank() ? given : Path.of(configured));
  }

  /**
   * The directory of the operator's route files: the given one, otherwise {@code hyperfleet.routes.location}, if any.
   */
  Path routes(Path given) {
    return given != null ? given : bind("hyperfleet.routes", RouteProperties.class, BindHandler.DEFAULT).location();
  }

  /** The templates that adapters may name, with those of {@link #routes}. */
  AdapterTemplates templates(Path given) {
    try {
      return AdapterTemplates.in(routes(given));
    } catch (IllegalStateException e) {
      throw new InputException(e.getMessage(), e);
    }
  }

  Kinds kinds() {
    return new Kinds(bind("hyperfleet", KindsProperties.class, BindHandler.DEFAULT));
  }

  private <T> T bind(String prefix, Class<T> type, BindHandler handler) {
    try {
      return Binder.get(environment).bindOrCreate(prefix, Bindable.of(type), handler);
    } catch (BindException e) {
      throw new InputException(e.getName() + ": " + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          e);
    }
  }
}
