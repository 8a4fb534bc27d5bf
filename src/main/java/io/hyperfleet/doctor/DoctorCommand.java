package io.hyperfleet.doctor;

import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.log.FailureMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Checks each part of the configuration. */
@Command(name = "doctor", mixinStandardHelpOptions = true, description = {
    "Check that the configured API, broker, database and Kubernetes are reachable and usable. Changes nothing.",
    "Accepts the application's environment variables and --key=value. Exit code 1: a check failed; 2: invalid "
        + "argument."})
public final class DoctorCommand implements Callable<Integer> {

  private static final String KEY_AND_VALUE = "--[^=]+=.*";

  @Parameters(arity = "0..*", paramLabel = "<part>", description = "What to check: ${COMPLETION-CANDIDATES}. "
      + "Default: all.")
  private List<Part> parts = List.of();

  @Unmatched
  private List<String> keys = new ArrayList<>();

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    keys.stream().filter(key -> !key.matches(KEY_AND_VALUE)).findFirst().ifPresent(key -> {
      throw new ParameterException(spec.commandLine(), "Unknown option: '" + key + "'; set keys with --key=value");
    });
    var configuration = configuration();
    var kinds = new Kinds(configuration.bindOrCreate("hyperfleet", KindsProperties.class));
    var out = spec.commandLine().getOut();
    boolean wrong = false;
    for (Part part : parts.isEmpty() ? List.of(Part.values()) : parts) {
      String found;
      boolean well = true;
      try {
        found = part.look(configuration, kinds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return 1;
      } catch (BindException e) {
        well = false;
        found = e.getName() + ": " + FailureMessage.of(e.getCause() == null ? e : e.getCause());
      } catch (Exception e) {
        well = false;
        found = FailureMessage.of(e);
      }
      wrong |= !well;
      out.printf("%-6s %-11s %s%n", well ? "ok" : "WRONG", part, found);
    }
    return wrong ? 1 : 0;
  }

  /** The application's configuration, without files next to the jar. */
  private Binder configuration() {
    var environment = new StandardEnvironment();
    Map<String, Object> given = new LinkedHashMap<>();
    keys.forEach(key -> given.put(key.substring(2, key.indexOf('=')), key.substring(key.indexOf('=') + 1)));
    environment.getPropertySources().addFirst(new MapPropertySource("arguments", given));
    try {
      new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))
          .forEach(environment.getPropertySources()::addLast);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ConfigurationPropertySources.attach(environment);
    return Binder.get(environment);
  }
}
