package io.hyperfleet.hostile;

import static org.awaitility.Awaitility.await;

import io.hyperfleet.hostile.HostileRequest.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.LinkedHashMap;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Sends requests to the API and judges the answers; what was created has to be handled by all adapters, and to go
 * again.
 */
final class HostileRequests {

  private final HostileFleet hostile;
  private final Findings findings;
  private final RawHttp http;
  private final Map<String, HostileRequest> created = new LinkedHashMap<>();

  HostileRequests(HostileFleet hostile, Findings findings) {
    this.hostile = hostile;
    this.findings = findings;
    this.http = new RawHttp(hostile.fleet.apiPort());
  }

  void send(List<HostileRequest> requests) {
    findings.tried(requests.size());
    for (HostileRequest request : requests) {
      var answer = http.send(request.method(), request.target(), request.headers(), request.body());
      judge(request, answer);
      if (answer.status() == 201 && request.method().equals("POST")) {
        var id = answer.body().path("id").asText();
        if (!id.isEmpty() && answer.body().path("kind").asText().equals("Cluster")) {
          created.put(id, request);
        }
      }
    }
    handle();
    remove();
  }

  private void add(HostileRequest request, String what) {
    findings.add(request.piece(), request.shown(), what);
  }

  private void judge(HostileRequest request, RawHttp.Answer answer) {
    int status = answer.status();
    if (status <= 0 || status >= 500 && status != 501 && status != 505) {
      add(request, "is answered " + status + " " + answer.body().path("detail").asText(answer.head()));
    } else if (status >= 500 && !answer.explains()) {
      add(request, "is answered " + status + " without words");
    } else if (status < 400 && request.intent() == Intent.REFUSED) {
      add(request, "is answered " + status + ", and has to be refused");
    } else if (status >= 400 && request.intent() == Intent.TAKEN) {
      add(request, "is answered " + status + ", and has to be taken: " + answer.body().path("detail").asText());
    } else if (status >= 400 && !answer.explains() && !request.method().equals("HEAD")) {
      add(request, "is answered " + status + " without saying what is wrong");
    } else if (status >= 400 && !request.field().isEmpty() && !answer.names(request.field())) {
      add(request, "is answered " + status + " without naming " + request.field() + ": "
          + answer.body().path("detail").asText());
    } else if (answer.head().contains(Canaries.SECRET) || answer.body().toString().contains(Canaries.SECRET)) {
      add(request, "is answered with the secret property");
    }
  }

  /** Each adapter reports about each cluster, and blames nobody else for what its user wrote. */
  private void handle() {
    var waiting = new ArrayList<>(created.keySet());
    try {
      await().atMost(HostileFleet.PATIENCE).until(() -> {
        waiting.removeIf(id -> hostile.reports(id).keySet().containsAll(HostileFleet.ADAPTERS));
        return waiting.isEmpty();
      });
    } catch (ConditionTimeoutException e) {
      waiting.forEach(id -> {
        var silent = new ArrayList<>(HostileFleet.ADAPTERS);
        silent.removeAll(hostile.reports(id).keySet());
        add(created.get(id), "is taken, and not handled by " + silent);
      });
    }
    created.forEach((id, request) -> hostile.reports(id).forEach((adapter, report) -> {
      if (Blame.ofPlatform(report)) {
        add(request, adapter + " blames the platform: " + Blame.conditions(report));
      } else if (Blame.conditions(report).contains("Health=False") && Blame.isSilent(report)) {
        add(request, adapter + " fails without a message");
      }
    }));
  }

  private void remove() {
    created.forEach((id, request) -> {
      int status = hostile.fleet.delete("/clusters/" + id).status();
      if (status != 202 && status != 200 && status != 204) {
        add(request, "cannot be deleted: " + status);
      }
    });
    var waiting = new ArrayList<>(created.keySet());
    try {
      await().atMost(HostileFleet.PATIENCE).until(() -> {
        waiting.removeIf(id -> hostile.fleet.phase(id).equals("gone"));
        return waiting.isEmpty();
      });
    } catch (ConditionTimeoutException e) {
      waiting.forEach(id -> add(created.get(id), "is deleted, and does not go: " + unfinished(id)));
    }
  }

  private List<String> unfinished(String id) {
    return hostile.reports(id).entrySet().stream()
        .filter(report -> !Blame.conditions(report.getValue()).contains("Finalized=True"))
        .map(report -> report.getKey() + " " + Blame.conditions(report.getValue())).toList();
  }
}
