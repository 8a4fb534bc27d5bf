package io.hyperfleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is called *Test starts no fleet and runs in the phase test; what is called *IT does, and runs after it. */
class TestTiersTest {

  /** What starts the application, or a service that it needs. */
  private static final Set<String> STARTERS = Set.of("LocalFleet", "SpawnedFleet", "LocalPostgres", "GitOpsFlow");
  private static final Pattern OTHER_START = Pattern
      .compile("@SpringBootTest|SpringApplication\\(|@Tag\\(\"kubernetes\"\\)");

  /** It starts nothing, and yet comes after all that does. */
  private static final String LAST = "RolesIT";

  private static final List<Source> SOURCES = sources();

  /** A source without its comments and texts. */
  private record Source(String packageName, String name, String code, Set<String> words) {

    private static final Pattern NO_CODE = Pattern
        .compile("/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\\w+");

    static Source of(String name, String text) {
      var packageName = text.lines().filter(line -> line.startsWith("package ")).findFirst().orElseThrow();
      var code = NO_CODE.matcher(text.replace("@Tag(\"kubernetes\")", "@kubernetes")).replaceAll(" ");
      return new Source(packageName.replaceAll("package |;", ""), name,
          code.replace("@kubernetes", "@Tag(\"kubernetes\")"),
          WORD.matcher(code).results().map(MatchResult::group).collect(Collectors.toSet()));
    }

    boolean uses(Source other) {
      return words.contains(other.name) && (packageName.equals(other.packageName)
          || code.contains("import " + other.packageName + "." + other.name)
          || code.contains("import static " + other.packageName + "." + other.name));
    }
  }

  @Test
  void whatIsCalledTestStartsNoFleet() {
    assertThat(named("Test")).isNotEmpty().filteredOn(TestTiersTest::startsAFleet).extracting(Source::name)
        .as("to be called *IT").isEmpty();
  }

  @Test
  void whatIsCalledItStartsOne() {
    assertThat(named("IT")).filteredOn(test -> !startsAFleet(test)).extracting(Source::name)
        .as("to be called *Test").containsExactly(LAST);
  }

  private static List<Source> named(String ending) {
    return SOURCES.stream().filter(source -> source.name().endsWith(ending) && !source.name().endsWith("UnderTest"))
        .toList();
  }

  private static boolean startsAFleet(Source test) {
    var seen = new HashSet<>(Set.of(test));
    var ahead = new ArrayDeque<>(seen);
    while (!ahead.isEmpty()) {
      var source = ahead.remove();
      if (STARTERS.contains(source.name()) || OTHER_START.matcher(source.code()).find()) {
        return true;
      }
      SOURCES.stream().filter(source::uses).filter(seen::add).forEach(ahead::add);
    }
    return false;
  }

  private static List<Source> sources() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      var sources = new ArrayList<Source>();
      for (Path file : files.filter(path -> path.toString().matches(".*/[A-Z]\\w+\\.java")).sorted().toList()) {
        sources.add(Source.of(file.getFileName().toString().replace(".java", ""), Files.readString(file)));
      }
      assertThat(sources).extracting(Source::name).containsAll(STARTERS);
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
