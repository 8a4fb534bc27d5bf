package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No text of the repository refers to a document that is not in it: a reader could not look it up. Pages that are named
 * exist, and numbers of faults (R), threats (S) and benchmarks (B) in comments have a row in the page that lists them.
 */
class CitationsTest {

  private static final List<Pattern> CITATIONS = Stream.of(
      "\\b[Jj]ourneys? [A-Z]?\\d",
      "(?i)\\b(?:API|GitOps|events?|adapters?) contracts?,? \\d",
      "\\bcontracts? \\(?\\d",
      "\\bcase\\d{2}",
      "\\bcases? \\d{1,2}\\b(?! *(?:->|:|,))",
      "\\bCases? \\d",
      "\\b[Pp]oints? \\d{1,2}\\b",
      "\\b[Dd]esign \\d",
      "\\b[Ss]eed \\d{3}\\b",
      "\\b(?:component|event flow|timeline) seed\\b",
      "\\b[Tt]he seed's\\b",
      "\\b[Ss]ection \\d+(?:\\.\\d+)*\\b",
      "\\b[Ii]ssues? #?\\d",
      "\\B/work/\\w").map(Pattern::compile).toList();

  private static final Pattern PAGE = Pattern.compile("(?<![\\w*{}/%<>.-])(?:[\\w-]+/)*[\\w-]+\\.md\\b");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\w\"-])[RSB]\\d{1,2}(?!\\w|\\.\\d)");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?:/\\*\\*|\\*|//)(.*)$");
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");

  /** Where numbers are explained, each in a row of a table. */
  private static final Map<String, List<String>> EXPLAINED = Map.of(
      "R", List.of("docs/reliability.md", "docs/adapters/protocol.md"),
      "S", List.of("SECURITY.md"),
      "B", List.of("docs/performance.md"));

  private static Map<Path, String> texts() throws IOException {
    var texts = new TreeMap<Path, String>();
    Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return NOT_OURS.contains(String.valueOf(folder.getFileName()))
            ? FileVisitResult.SKIP_SUBTREE
            : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile() && !file.endsWith(".git") && !file.endsWith("CitationsTest.java")) {
          try {
            texts.put(file, Files.readString(file));
          } catch (MalformedInputException picture) {
            return FileVisitResult.CONTINUE;
          }
        }
        return FileVisitResult.CONTINUE;
      }
    });
    return texts;
  }

  private static List<String> citations(String text) {
    return CITATIONS.stream().flatMap(pattern -> pattern.matcher(text).results()).map(MatchResult::group).toList();
  }

  private static List<String> pages(String text, Set<String> known) {
    return PAGE.matcher(text).results().map(MatchResult::group)
        .filter(page -> !known.contains(page.substring(page.lastIndexOf('/') + 1))).toList();
  }

  private static List<String> numbers(String source, Set<String> explained) {
    return COMMENT.matcher(source).results().flatMap(line -> NUMBER.matcher(line.group(1)).results())
        .map(MatchResult::group).filter(number -> !explained.contains(number)).toList();
  }

  private static Set<String> explained() {
    var explained = new TreeSet<String>();
    EXPLAINED.forEach((letter, pages) -> pages.forEach(page -> {
      var number = Pattern.compile("\\b" + letter + "\\d{1,2}\\b");
      Page.of(Path.of(page)).text().lines().filter(line -> line.startsWith("|"))
          .forEach(row -> number.matcher(row.replaceFirst("^\\|([^|]*\\|).*", "$1")).results()
              .forEach(found -> explained.add(found.group())));
    }));
    return explained;
  }

  @Test
  void everyTextRefersOnlyToWhatIsInTheRepository() throws IOException {
    var texts = texts();
    assertThat(texts).hasSizeGreaterThan(1_000);
    var pages = texts.keySet().stream().map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".md"))
        .collect(Collectors.toSet());
    var explained = explained();
    assertThat(explained).contains("R1", "R32", "S1", "S23", "B1", "B13");
    var found = new ArrayList<String>();
    texts.forEach((file, text) -> {
      citations(text).forEach(citation -> found.add(file + ": " + citation));
      pages(text, pages).forEach(page -> found.add(file + ": " + page + " is not in the repository"));
      if (file.toString().endsWith(".java")) {
        numbers(text, explained).forEach(number -> found.add(file + ": " + number + " is explained nowhere"));
      }
    });
    assertThat(found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/** Roles (adapter contract 5.1). */", "-- see GitOps contract 3.D", "# API contract 4.7",
      "as the contracts say (contract 4)", "void case24And25TimeFilter() {", "// Case 15: two destinations",
      "cases 56 to 60", "as with every refused creation (journey A4)", "Journey A6 where the API is away",
      "(design 17)", "the exits of seed 000", "the component seed draws", "the event flow seed", "see point 6",
      "(section 4.3 of the API)", "issue 22 asks for it", "cp /work/notes/x ."})
  void plantedCitationIsFound(String text) {
    assertThat(citations(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"case 10 -> job(name)", "case 401, 403 -> NOT_ALLOWED;", "case 3:", "2 cases, 0 failed",
      "the same seed makes the same inputs", "-Dhostile.seed=7", "seed-timeline", "at this point in time",
      "docs/network/working", "the API contract", "a folder in src/work/main"})
  void ordinaryTextIsNone(String text) {
    assertThat(citations(text)).isEmpty();
  }

  @Test
  void pageOrNumberThatIsNowhereIsFound() {
    assertThat(pages("see design.md 12, docs/operations.md and [x](../README.md#y)",
        Set.of("operations.md", "README.md"))).containsExactly("design.md");
    assertThat(numbers("/** A fault: R77. */\n// S5 is one\nvar name = \"R78\";\n", Set.of("S5")))
        .containsExactly("R77");
  }
}
