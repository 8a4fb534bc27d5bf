package io.hyperfleet.gitops.destination;

import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.GitOpsProperties.DestinationProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads the destinations of a YAML file, in the form of {@code hyperfleet.gitops.destinations}; nothing else may be in
 * it.
 */
public final class DestinationsFile {

  private static final int LARGEST = 1 << 20;
  private static final String KEY = "destinations";

  private final Path file;
  private final GitOpsProperties properties;
  private final RuleChecks rules;

  /** @throws IllegalArgumentException when destinations are given in two places */
  public DestinationsFile(GitOpsProperties properties, RuleChecks rules) {
    Destinations.check(properties.destinations().isEmpty(),
        "hyperfleet.gitops.destinations-file: set destinations either in this file or in "
            + "hyperfleet.gitops.destinations, not both");
    this.file = properties.destinationsFile();
    this.properties = properties;
    this.rules = rules;
  }

  /**
   * What is in the file now.
   *
   * @throws IllegalArgumentException when it cannot be read
   */
  public byte[] content() {
    try {
      Destinations.check(Files.size(file) <= LARGEST, file + ": is larger than " + LARGEST + " bytes");
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read", e);
    }
  }

  /**
   * The destinations of a content.
   *
   * @throws IllegalArgumentException when something is wrong; the message begins with file and line, and says what is
   * allowed
   */
  public Destinations destinations(byte[] content) {
    var source = source(content);
    try {
      names(source).filter(name -> !name.matches(KEY + "(\\[.*)?")).findFirst()
          .ifPresent(name -> Destinations.check(false, name + ": unknown key; allowed: " + KEY));
      var given = new Binder(ConfigurationPropertySource.from(source))
          .bind(KEY, Bindable.listOf(DestinationProperties.class),
              new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
          .orElse(List.of());
      Destinations.check(!given.isEmpty(), KEY + ": must have one or more items, each with name, base-folder and "
          + "rules");
      return new Destinations(properties, rules, "", given);
    } catch (BindException e) {
      throw new IllegalArgumentException(message(e, source), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place(line(source, e.getMessage().split(": ", 2)[0])) + e.getMessage(), e);
    }
  }

  private PropertySource<?> source(byte[] content) {
    try {
      var documents = new YamlPropertySourceLoader().load(file.toString(), new ByteArrayResource(content));
      Destinations.check(documents.size() == 1, place(Optional.empty()) + KEY + ": "
          + (documents.isEmpty() ? "there are none" : "must be in one YAML document"));
      return documents.get(0);
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new IllegalArgumentException(place(Optional.ofNullable(mark).map(at -> at.getLine() + 1)) + e.getProblem(),
          e);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(place(Optional.empty()) + "is not YAML: " + e.getMessage(), e);
    }
  }

  private String message(BindException failure, PropertySource<?> source) {
    if (failure.getCause() instanceof UnboundConfigurationPropertiesException unknown) {
      var first = unknown.getUnboundProperties().iterator().next();
      return place(line(source, first.getName().toString())) + first.getName() + ": unknown key";
    }
    var property = failure.getProperty();
    if (property == null) {
      return place(line(source, failure.getName().toString())) + failure.getName() + ": cannot be read";
    }
    var type = failure.getTarget().getType().resolve(Object.class);
    var allowed = type.isEnum() ? "; allowed: " + Arrays.toString(type.getEnumConstants()) : "";
    return place(line(source, property.getName().toString())) + property.getName() + ": '" + property.getValue()
        + "' is not a valid value" + allowed;
  }

  private String place(Optional<Integer> line) {
    return file + ":" + line.map(number -> number + ": ").orElse(" ");
  }

  /** Line of a key, or of the nearest enclosing one. */
  private static Optional<Integer> line(PropertySource<?> source, String key) {
    for (var part = plain(key); !part.isEmpty(); part = part.substring(0,
        Math.max(0, Math.max(part.lastIndexOf('.'), part.lastIndexOf('['))))) {
      var wanted = part;
      var first = names(source).filter(name -> plain(name).startsWith(wanted))
          .map(name -> OriginLookup.getOrigin(source, name)).filter(TextResourceOrigin.class::isInstance)
          .map(origin -> ((TextResourceOrigin) origin).getLocation().getLine() + 1).min(Integer::compare);
      if (first.isPresent()) {
        return first;
      }
    }
    return Optional.empty();
  }

  private static Stream<String> names(PropertySource<?> source) {
    return source instanceof EnumerablePropertySource<?> all ? Stream.of(all.getPropertyNames()) : Stream.empty();
  }

  private static String plain(String key) {
    return key.replace("-", "").toLowerCase(Locale.ROOT);
  }
}
