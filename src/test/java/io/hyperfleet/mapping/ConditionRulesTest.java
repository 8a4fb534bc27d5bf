package io.hyperfleet.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.kind.ConditionRule;
import io.hyperfleet.kind.KindProperties;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.status.AdapterStatus;
import io.hyperfleet.status.MappedCondition;
import io.hyperfleet.status.ReportedCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** Reports are of the adapters a, whose data is {"n": 5, "api_key": "k"}, and u, which does not know. */
class ConditionRulesTest {

  private static final CelEngine ENGINE = new CelEngine();
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule())
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      true                                                     | true
      'TRUE'                                                   | true
      'False'                                                  | false
      statuses.size() == 1                                     | true
      statuses.exists(s, s.adapter == 'u')                     | false
      dig(statuses[0], 'data.n') == 5                          | true
      conditionStatus(statuses[0].conditions, 'Available') == 'True' | true
      statuses[0].observed_generation == resource.generation   | true
      resource.spec.region == 'r1'                             | true
      """)
  void seesDefiniteReportsAndTheResource(String expression, boolean holds) {
    assertThat(map(rule("true", expression, null, null))).containsExactly(
        new MappedCondition("Mapped", holds, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"resource.spec.nothing == 1", "'perhaps'", "1", "null", "statuses[7].adapter == 'a'"})
  void makesNoConditionWhereAnExpressionFails(String expression) {
    assertThat(map(rule("true", expression, null, null))).isEmpty();
    assertThat(map(rule(expression, "true", null, null))).isEmpty();
  }

  @Test
  void makesNoConditionWhereTheRuleDoesNotApplyOrItsReasonIsTooLong() {
    assertThat(map(rule("false", "true", null, null))).isEmpty();
    assertThat(map(rule("true", "true", "'" + "x".repeat(257) + "'", null))).isEmpty();
    assertThat(map(rule("true", "true", "'" + "x".repeat(256) + "'", null))).hasSize(1);
  }

  @Test
  void cutsALongMessage() {
    var condition = map(rule("true", "true", "'Why'", "'" + "x".repeat(3000) + "'")).get(0);

    assertThat(condition.reason()).isEqualTo("Why");
    assertThat(condition.message()).hasSize(2048);
  }

  @Test
  void showsNoSecrets() {
    assertThat(map(rule("true", "true", "statuses[0].data.api_key", "toJson(resource.spec)"))).containsExactly(
        new MappedCondition("Mapped", true, Masking.MASK,
            "{\"clientSecret\":\"" + Masking.MASK
                + "\",\"list\":[{\"token\":\"" + Masking.MASK + "\"}],\"region\":\"r1\"}"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      nothing == 1 | true       | null | when
      true         | statuses + | null | output.status
      true         | true       | f(1) | output.reason
      """)
  void stopsTheStartWhenAnExpressionIsWrong(String when, String status, String reason, String key) {
    assertThatThrownBy(() -> map(rule(when, status, reason, null)))
        .hasMessageStartingWith("hyperfleet.kinds.clusters.conditions[0]." + key + ": ");
  }

  @Test
  void documentedKindsAreAccepted() throws IOException {
    var page = Files.readString(Path.of("docs/kinds.md"));
    var yaml = page.substring(page.indexOf("```yaml\n") + 8, page.indexOf("```\n", page.indexOf("```yaml\n")));
    var factory = new YamlPropertiesFactoryBean();
    factory.setResources(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    var kinds = new Kinds(new Binder(new MapConfigurationPropertySource(factory.getObject()))
        .bind("hyperfleet", KindsProperties.class).get());

    assertThat(new ConditionRules(kinds, ENGINE, JSON).map(kinds.plural("databases"),
        object("{'spec': {'copies': 2}}"), List.of(report("backup", "True"))))
        .as("the report has no copies").isEmpty();
  }

  private static ConditionRule rule(String when, String status, String reason, String message) {
    return new ConditionRule("Mapped", when, new ConditionRule.Output(status, reason, message));
  }

  private static List<MappedCondition> map(ConditionRule rule) {
    var settings = new KindProperties(
        null, null, null, null, null, null, null, null, null, List.of(rule), null, null);
    var kinds = new Kinds(new KindsProperties(Map.of("clusters", settings)));
    return new ConditionRules(kinds, ENGINE, JSON).map(kinds.plural("clusters"), object(
        "{'generation': 1, 'spec': {'region': 'r1', 'clientSecret': 'x', 'list': [{'token': 't'}]}}"),
        List.of(report("u", "Unknown"), report("a", "True")));
  }

  private static AdapterStatus report(String adapter, String available) {
    return new AdapterStatus(adapter, 1,
        List.of(new ReportedCondition("Available", available, null, null, Instant.EPOCH)),
        object("{'n': 5, 'api_key': 'k'}"), null, null, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null, null);
  }

  private static ObjectNode object(String text) {
    try {
      return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
