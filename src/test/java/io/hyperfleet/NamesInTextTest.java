package io.hyperfleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/**
 * Names of classes, packages, keys and libraries that stand in a text, where nothing would say that they no longer name
 * anything: after an upgrade, a renamed class or a mistake, each of them would do nothing, without a word.
 */
class NamesInTextTest {

  private static final PathMatchingResourcePatternResolver CLASSPATH = new PathMatchingResourcePatternResolver();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LOGGERS = "logging.level.";
  private static final Set<String> KNOWN = new HashSet<>();
  private static final Set<String> MAPS = new HashSet<>();
  private static final Set<String> PACKAGES = new HashSet<>();

  @BeforeAll
  static void readClassPath() throws IOException {
    readMetadata(KNOWN, MAPS);
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (part.endsWith(".jar")) {
        try (var jar = new ZipFile(part)) {
          jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class"))
              .forEach(name -> PACKAGES.add(name.substring(0, Math.max(0, name.lastIndexOf('/'))).replace('/', '.')));
        }
      }
    }
  }

  /** What {@code application.yaml} sets. */
  private static Map<String, Object> settings() throws IOException {
    var settings = new TreeMap<String, Object>();
    for (var source : new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"))) {
      ((Map<?, ?>) source.getSource()).forEach((key, value) -> settings.put(key.toString(), value));
    }
    return settings;
  }

  static Stream<String> classes() throws IOException {
    var names = new TreeSet<String>();
    for (String folder : List.of("src/main/resources/META-INF/spring.factories",
        "src/main/resources/META-INF/spring")) {
      try (var files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          if (file.toString().endsWith(".imports")) {
            names.add(file.getFileName().toString().replace(".imports", ""));
          }
          Pattern.compile("[\\w.$]+").matcher(Files.readString(file)).results()
              .forEach(match -> names.add(match.group()));
        }
      }
    }
    settings().forEach((key, value) -> {
      if (key.endsWith("class-name")) {
        names.add(value.toString());
      }
    });
    return names.stream();
  }

  @ParameterizedTest
  @MethodSource("classes")
  void everyClassIsThere(String name) {
    assertThat(ClassUtils.isPresent(name, null)).as(name).isTrue();
  }

  static Stream<String> packages() throws ReflectiveOperationException, IOException {
    var scanned = Class.forName("io.hyperfleet.dryrun.DryRunBeans").getAnnotation(ComponentScan.class).basePackages();
    return Stream.concat(Stream.of(scanned), settings().keySet().stream().filter(key -> key.startsWith(LOGGERS))
        .map(key -> key.substring(LOGGERS.length())));
  }

  @ParameterizedTest
  @MethodSource("packages")
  void everyPackageOrLoggerHasClasses(String name) {
    assertThat(ClassUtils.isPresent(name, null) || Files.isDirectory(Path.of("target/classes", name.split("\\.")))
        || PACKAGES.stream().anyMatch(each -> (each + ".").startsWith(name + "."))).as(name).isTrue();
  }

  static Stream<String> keys() throws IOException {
    return settings().keySet().stream().map(key -> key.replaceAll("\\[\\d+\\]$", "")).distinct();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsKnown(String key) {
    assertThat(KNOWN.contains(key) || MAPS.stream().anyMatch(key::startsWith)).as(key).isTrue();
  }

  private static void readMetadata(Set<String> keys, Set<String> maps) {
    try {
      for (var file : CLASSPATH.getResources("classpath*:META-INF/*spring-configuration-metadata.json")) {
        for (JsonNode property : JSON.readTree(file.getInputStream()).path("properties")) {
          keys.add(property.path("name").asText());
          if (property.path("type").asText().matches("java\\.util\\.(Map<.*|Properties)")) {
            maps.add(property.path("name").asText() + ".");
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyHintIsAboutAKey() throws IOException {
    var ours = JSON
        .readTree(Path.of("src/main/resources/META-INF/additional-spring-configuration-metadata.json").toFile());
    assertThat(ours.path("hints")).isNotEmpty()
        .allSatisfy(hint -> assertThat(KNOWN).contains(hint.path("name").asText().replaceAll("\\.(keys|values)$", "")));
  }

  @Test
  void everyEndpointThatIsSetIsThere() throws ReflectiveOperationException {
    for (var endpoint : Map
        .of("hawtio", "io.hawt.springboot.HawtioEndpoint", "jolokia",
            "org.jolokia.support.spring.actuator.JolokiaEndpoint")
        .entrySet()) {
      assertThat(MergedAnnotations.from(Class.forName(endpoint.getValue()), SearchStrategy.TYPE_HIERARCHY)
          .get(Endpoint.class).getString("id"))
          .isEqualTo(endpoint.getKey());
    }
  }

  /** Floors and exceptions; what is banned altogether matches nothing on purpose. */
  static Stream<String> libraries() throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    var floors = Pattern.compile("<exclude>([^:<]+:[^:<]+):\\(,[^<]+</exclude>").matcher(pom).results();
    var bounds = pom.substring(pom.indexOf("<requireUpperBoundDeps>"), pom.indexOf("</requireUpperBoundDeps>"));
    var exceptions = Pattern.compile("<exclude>([^<]+)</exclude>").matcher(bounds).results();
    return Stream.concat(floors, exceptions).map(match -> match.group(1)).distinct();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void everyFloorHoldsALibrary(String pattern) {
    var name = pattern.split(":");
    var file = Pattern.compile(
        ".*/" + Pattern.quote(name[0].replace('.', '/')) + "/" + name[1].replace("*", "[^/]*") + "/[^/]+/[^/]+\\.jar");
    assertThat(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(path -> path.replace(File.separatorChar, '/'))).as(pattern)
        .anyMatch(path -> file.matcher(path).matches());
  }
}
