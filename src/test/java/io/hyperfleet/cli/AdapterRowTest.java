package io.hyperfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterRowTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** JSON with single quotes. */
  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text.replace('\'', '"'));
  }

  private static JsonNode cluster(String more, String report) throws JsonProcessingException {
    return json("{'kind': 'Cluster', 'name': 'c', 'generation': 2, 'created_time': '2026-11-30T14:00:00Z'" + more
        + ", 'adapter_statuses': [" + report + "]}");
  }

  private static String report(String name, int generation, String status, String reason, String more) {
    return "{'adapter': '" + name + "', 'observed_generation': " + generation
        + ", 'conditions': [{'type': 'Available', 'status': '" + status + "', 'reason': '" + reason
        + "', 'message': ''}]"
        + more + "}";
  }

  private static List<AdapterRow> rows(JsonNode resource, String adapter) throws JsonProcessingException {
    return AdapterRow.of(resource, Map.of("dns", json("{'name': 'dns', 'required_by': ['Cluster']" + adapter + "}")),
        "cluster c", "hyperfleet ");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "2 | True | JobSucceeded | '' | AVAILABLE | ''",
      "2 | True | JobSucceeded | , 'launched': [{'attempt': 1}] | AVAILABLE | ''",
      "2 | False | PreconditionsNotMet | '' | WAITING | ''",
      "2 | Unknown | JobInProgress | , 'metadata': {'job_name': 'j', 'job_namespace': 'n'} | IN_PROGRESS | kubectl --namespace n describe pods --selector job-name=j",
      "2 | False | JobFailed | , 'launched': [{'attempt': 1}], 'metadata': {'job_name': 'j', 'job_namespace': 'n'} | FAILED | hyperfleet retry cluster c dns",
      "2 | False | JobFailed | , 'launched': [{'attempt': 1}], 'retry': {'generation': 2, 'wanted_attempt': 2, 'requested_by': 'ann'} | FAILED | retry: attempt 2 requested by ann",
      "2 | False | JobFailed | , 'launched': [{'attempt': 2}], 'retry': {'generation': 2, 'wanted_attempt': 2} | FAILED | hyperfleet retry cluster c dns",
      "2 | False | JobCreationFailed | , 'launched': [{'attempt': 1, 'generation': 2}], 'metadata': {'job_name': 'j', 'job_namespace': 'n'} | FAILED | kubectl --namespace n describe pods --selector job-name=j",
      "2 | False | PostconditionFailed | , 'launched': [{'generation': 2, 'result': 'Failed'}] | FAILED | hyperfleet retry cluster c dns",
      "2 | False | JobGone | '' | FAILED | hyperfleet retry cluster c dns",
      "2 | False | PostconditionFailed | , 'launched': [{'generation': 1, 'result': 'Failed'}] | FAILED | fix the cause",
      "2 | False | CreateError | '' | FAILED | fix the cause in the message",
      "1 | True | JobSucceeded | '' | SILENT | hyperfleet events cluster c"})
  void aReportSaysStateAndWhatToDo(int generation, String status, String reason, String more, AdapterRow.State state,
      String hint) throws Exception {
    var row = rows(cluster("", report("dns", generation, status, reason, more)), "").get(0);
    assertThat(row.state()).isEqualTo(state);
    assertThat(String.join("\n", row.hints())).contains(hint);
    assertThat(row.hints().isEmpty()).isEqualTo(hint.isEmpty());
  }

  @Test
  void anAdapterSaysWhyItDoesNotReport() throws Exception {
    assertThat(rows(cluster("", ""), ", 'suspended': true").get(0).state()).isEqualTo(AdapterRow.State.SUSPENDED);
    var broken = rows(cluster("", ""), ", 'broken': [{'file': 'adapter.yaml', 'line': 7, 'message': 'unknown key'}]")
        .get(0);
    assertThat(broken.state()).isEqualTo(AdapterRow.State.BROKEN);
    assertThat(broken.hints()).contains("do:   correct dns/adapter.yaml, line 7: unknown key");
    assertThat(rows(cluster("", ""), ", 'announcers': 0").get(0).hints()).first().asString()
        .contains("start a process that runs it");
  }

  @Test
  void whatIsPausedOrBeingDeletedIsOfferedNoRetry() throws Exception {
    for (var more : List.of(", 'paused': true", ", 'deleted_time': '2026-11-30T14:00:00Z'")) {
      var failed = report("dns", 2, "False", "JobFailed", ", 'launched': [{'attempt': 1}]");
      assertThat(rows(cluster(more, failed), "").get(0).hints()).noneMatch(hint -> hint.contains("retry"));
    }
  }

  @Test
  void equalRowsAreOneAndTheWorstIsFirst() throws Exception {
    var rows = AdapterRow.of(cluster("", String.join(", ", report("a", 2, "True", "Done", ""),
        report("b", 2, "False", "PreconditionsNotMet", ""), report("c", 2, "False", "PreconditionsNotMet", ""),
        report("d", 2, "False", "JobFailed", ""))), Map.of(), "cluster c", "");
    assertThat(AdapterRow.grouped(rows)).extracting(AdapterRow::names).containsExactly(List.of("d"), List.of("b", "c"),
        List.of("a"));
  }
}
