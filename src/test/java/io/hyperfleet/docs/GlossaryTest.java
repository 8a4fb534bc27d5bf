package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One word for one thing: the pages do not use the words that the glossary of docs/architecture.md rules out. */
class GlossaryTest {

  private static final Path GLOSSARY = Path.of("docs/architecture.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| \\*\\*(.+?)\\*\\* \\| (.+) \\|(?: (.*))? \\|$");

  /** Each word that the glossary rules out, and how it is recognized. */
  private static final Map<String, Pattern> RULED_OUT = Map.of(
      "as wanted", word("as wanted"),
      "look as a noun",
      word("(?:a|an|the|its|their|last|next|first|one|two|each|every|another|further|idle|failed) looks?|looks that"),
      "reverser", word("reversers?"),
      "let go", word("lets? go|letting go"),
      "the contract", word("(?<!API )contracts?"),
      "judged", word("judge[sd]?"),
      "mended", word("mend(?:s|ed|ing)?"),
      "taken over", word("(?:is|are|was|were|be) taken over"),
      "steered", word("steer(?:s|ed|ing)?"));

  /** Pages whose words come from the code that they describe. */
  private static final Set<String> GENERATED = Set.of("docs/configuration.md", "docs/templates.md",
      "docs/adapters/functions.md", "docs/adapters/reference.md");

  private static Pattern word(String words) {
    return Pattern.compile("(?i)\\b(?:" + words + ")\\b");
  }

  static Stream<Page> pages() {
    return Page.all().stream().filter(page -> !GENERATED.contains(page.toString()));
  }

  /** What people wrote: without blocks, code, targets of links, generated parts, and the glossary itself. */
  private static String words(Page page) {
    var text = page.text();
    if (page.file().equals(GLOSSARY)) {
      text = text.replaceFirst("(?s)\n## Glossary\n.*?\n## ", "\n## ");
    }
    return text.replaceAll("(?ms)^( *)```.*?^\\1```$", "").replaceAll("(?s)<!-- (\\w+) -->.*?<!-- /\\1 -->", "")
        .replaceAll("(?s)\n## Values\n.*", "").replaceAll("`[^`\n]*`", "").replaceAll("\\]\\([^)\\s]*\\)", "]")
        .replaceAll("\\s+", " ");
  }

  private static List<String> ruledOut(String text) {
    return RULED_OUT.values().stream().flatMap(word -> word.matcher(text).results()).map(MatchResult::group).toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void pagesUseTheWordsOfTheGlossary(Page page) {
    assertThat(ruledOut(words(page))).isEmpty();
  }

  @Test
  void theGlossaryDefinesEachWordOnce() {
    var glossary = Page.of(GLOSSARY).text().replaceFirst("(?s).*\n## Glossary\n(.*?)\n## .*", "$1");
    var terms = new ArrayList<String>();
    ROW.matcher(glossary).results().forEach(row -> {
      terms.addAll(List.of(row.group(1).split(", ")));
      assertThat(row.group(2)).as(row.group(1)).endsWith(".");
    });
    assertThat(terms).hasSizeBetween(20, 40).doesNotHaveDuplicates();
    assertThat(RULED_OUT.keySet()).allSatisfy(word -> assertThat(glossary).contains("\"" + word + "\""));
  }

  @ParameterizedTest
  @CsvSource({"Objects that are as wanted are left alone", "What gets an event at the last look", "between two looks",
      "A GitOps reverser", "Let go what has waited", "every operation of the contract", "the policy judges manifests",
      "mend the Secret", "a changed folder is taken over", "text that would steer a request"})
  void plantedWordIsFound(String text) {
    assertThat(ruledOut(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"look at the message", "look up a key", "the API contract", "another Sentinel takes over",
      "the desired state", "a hostile contraction"})
  void ordinaryTextIsNot(String text) {
    assertThat(ruledOut(text)).isEmpty();
  }
}
