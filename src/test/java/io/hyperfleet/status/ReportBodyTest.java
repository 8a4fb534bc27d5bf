package io.hyperfleet.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportBodyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsAReport() {
    var report = parse("""
        {"adapter": "dns", "observed_generation": 2, "observed_time": "2026-01-01T01:00:00.123456789+01:00",
         "conditions": [{"type": "Available", "status": "True", "reason": "R", "message": "M"}],
         "metadata": {"job_name": "j", "attempt": 1, "other": true}, "data": {"domain": "a.example"}}""");

    assertThat(report.adapter()).isEqualTo("dns");
    assertThat(report.observedGeneration()).isEqualTo(2);
    assertThat(report.observedTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    assertThat(report.conditions()).containsExactly(new ReportedCondition("Available", "True", "R", "M", null));
    assertThat(report.metadata()).hasToString("{\"job_name\":\"j\",\"attempt\":1}");
    assertThat(report.data()).hasToString("{\"domain\":\"a.example\"}");
  }

  @Test
  void readsCamelCase() {
    var report = parse("""
        {"adapter": "dns", "observedGeneration": 2, "observedTime": "2026-01-01T00:00:00Z",
         "conditions": [{"type": "Available", "status": "True", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}""");

    assertThat(report.observedGeneration()).isEqualTo(2);
    assertThat(report.observedTime()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(report.data()).hasToString("{}");
  }

  @ParameterizedTest
  @CsvSource({"InProgress, Unknown", "Ready, True", "Complete, True", "Failed, False"})
  void readsTheFlatFormOfTheComponentDiagram(String phase, String available) {
    var report = parse("{\"adapter_name\": \"dns\", \"phase\": \"" + phase + "\", \"message\": \"so far\"}");

    assertThat(report.adapter()).isEqualTo("dns");
    assertThat(report.observedGeneration()).isNull();
    assertThat(report.observedTime()).isNull();
    assertThat(report.conditions()).extracting(c -> c.type() + "=" + c.status())
        .containsExactly("Applied=True", "Available=" + available, "Health=True");
    assertThat(report.conditions().get(1).message()).isEqualTo("so far");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      {"observed_generation": 1, "conditions": []}                                  | adapter: adapter is required
      {"adapter": " ", "observed_generation": 1, "conditions": []}                  | adapter: adapter is required
      {"adapter": "dns", "conditions": []}                                          | observed_generation: observed_generation is required
      {"adapter": "dns", "observed_generation": 0, "conditions": []}                | observed_generation: observed_generation must be at least 1
      {"adapter": "dns", "observed_generation": 1}                                  | conditions: conditions is required
      {"adapter": "dns", "phase": "Later"}                                          | phase: phase must be one of InProgress, Ready, Complete, Failed
      {"adapter": 1, "observed_generation": 1, "conditions": []}                    | adapter: field 'adapter' must be a string
      {"adapter": "dns", "observed_generation": 2147483648, "conditions": []}       | observed_generation: field 'observed_generation' must be a 32-bit integer
      {"adapter": "dns", "observed_generation": 1.5, "conditions": []}              | observed_generation: field 'observed_generation' must be a 32-bit integer
      {"adapter": "dns", "observed_generation": 1, "conditions": {}}                | conditions: field 'conditions' must be an array
      {"adapter": "dns", "observed_generation": 1, "conditions": ["x"]}             | conditions[0]: field 'conditions[0]' must be an object
      {"adapter": "dns", "observed_generation": 1, "conditions": [], "data": []}    | data: field 'data' must be an object
      {"adapter": "dns", "observed_generation": 1, "conditions": [], "observed_time": "yesterday"} | observed_time: field 'observed_time' must be an RFC 3339 time
      {"adapter": "dns", "observed_generation": 1, "conditions": [{"status": "True"}]} | conditions[0].type: conditions[0].type is required
      {"adapter": "dns", "observed_generation": 1, "conditions": [{"type": "A", "status": "Maybe"}]} | conditions[0].status: conditions[0].status must be one of True, False, Unknown
      {"adapter": "dns", "observed_generation": 1, "conditions": [{"type": "A", "status": "True"}, {"type": "A", "status": "True"}]} | conditions[1].type: duplicate condition type 'A'
      """)
  void saysWhatIsWrong(String body, String expected) {
    assertThatThrownBy(() -> parse(body)).isInstanceOfSatisfying(Problem.class,
        problem -> assertThat(problem.errors()).extracting(ReportBodyTest::describe).containsExactly(expected));
  }

  private static String describe(FieldError error) {
    return error.field() + ": " + error.message();
  }

  private static Report parse(String body) {
    try {
      return ReportBody.parse((ObjectNode) JSON.readTree(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
