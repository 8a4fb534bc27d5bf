package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.docs.GeneratedPage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every route is written in the one form that visual editors read and write without a change. */
class CanonicalYamlTest {

  static final List<RouteFile> FILES = RouteFile.everywhere();

  private static final CanonicalSchema SCHEMA = new CanonicalSchema();

  /** They choose an endpoint, or run a text, that could come from outside. */
  private static final Set<String> FORBIDDEN = Set.of("toD", "recipientList", "routingSlip", "dynamicRouter", "enrich",
      "pollEnrich", "script", "groovy", "javascript", "js", "python", "mvel", "ognl", "spel");

  /**
   * What Camel itself says may be asked in simple; a body, a header or a variable may hold what was sent, so that all
   * one may ask of a variable is whether it is there.
   */
  private static final Pattern SIMPLE = Pattern.compile("[^$]*(\\$\\{(exception(\\.[a-zA-Z]+\\??)+"
      + "|variable\\.[a-zA-Z]+(?=} [!=]= null)|header\\.Camel[a-zA-Z]+)}[^$]*)*");

  @ParameterizedTest
  @FieldSource("FILES")
  void hasOneCommentAtTheTopAtMost(RouteFile file) {
    var lines = file.text().lines().toList();
    assertThat(lines).doesNotContain("---");
    var body = lines.stream().dropWhile(line -> line.startsWith("#")).toList();
    assertThat(body).noneMatch(line -> line.stripLeading().startsWith("#") || line.contains(" # "));
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void isValidByTheSchemaOfCamel(RouteFile file) {
    assertThat(SCHEMA.errors(file.entries())).as("%s", file.path()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void isLaidOutAsAnEditorSavesIt(RouteFile file) {
    GeneratedPage.assertIs(getClass(), file.path(), KaotoLayout.of(file));
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void writesOptionsOfEndpointsAsParameters(RouteFile file) {
    Stream.of("from", "to").flatMap(word -> file.endpoints(word).stream()).forEach(endpoint -> {
      assertThat(endpoint.text("uri")).as("%s", endpoint).isNotBlank().doesNotContain("?");
      assertThat(endpoint.text("uri").replaceAll("\\{\\{.*}}.*", "")).as("%s", endpoint).doesNotContain(":");
    });
  }

  @ParameterizedTest
  @FieldSource("FILES")
  void runsNoTextAndChoosesNoEndpointFromOutside(RouteFile file) {
    file.walk((word, value) -> {
      assertThat(FORBIDDEN).as(file.name()).doesNotContain(word);
      if (word.equals("language") && value instanceof Map<?, ?> language) {
        assertThat(language.get("language")).as(file.name()).isEqualTo("cel");
      }
      if (word.equals("simple") && value instanceof Map<?, ?> simple) {
        assertThat((String) simple.get("expression")).as(file.name()).matches(SIMPLE);
      }
    });
    // Placeholders in what is sent somewhere are configuration, never a template of Camel's simple language.
    Stream.of("from", "to").flatMap(word -> file.endpoints(word).stream())
        .forEach(endpoint -> assertThat(endpoint.text("uri") + endpoint.text("parameters")).as("%s", endpoint)
            .doesNotContain("${"));
  }
}
