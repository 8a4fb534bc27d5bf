package io.hyperfleet.dryrun;

import io.hyperfleet.dryrun.StandInServer.Answer;
import io.hyperfleet.dryrun.input.Fault;
import io.hyperfleet.dryrun.input.Scenario;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The HyperFleet API of a scenario: returns its resources and keeps reports. */
final class StandInApi {

  /** A report as it was sent. */
  record SentReport(String path, Map<String, Object> body) {}

  private static final String STATUSES = "/statuses";

  private final Scenario scenario;
  private final List<SentReport> reports = Collections.synchronizedList(new ArrayList<>());

  StandInApi(Scenario scenario) {
    this.scenario = scenario;
  }

  List<SentReport> reports() {
    return List.copyOf(reports);
  }

  Answer answer(String method, URI uri, Map<String, Object> body) {
    var path = uri.getPath();
    for (Fault fault : scenario.faults()) {
      if (fault.hits(Fault.API, method.equals("PUT") ? "update" : method.toLowerCase(Locale.ROOT), null)) {
        return new Answer(fault.status(), problem(fault.status(), fault.message()));
      }
    }
    if (method.equals("PUT") && path.endsWith(STATUSES)) {
      reports.add(new SentReport(path, body));
      return new Answer(201, body);
    }
    var found = Stream.concat(Stream.of(scenario.resource()), scenario.others().stream())
        .filter(resource -> path.endsWith("/" + resource.get("id"))).findFirst();
    return found.map(resource -> new Answer(200, resource))
        .orElseGet(() -> new Answer(404, problem(404, "no such resource in this dry run")));
  }

  private static Map<String, Object> problem(int status, String detail) {
    return Map.of("status", status, "detail", detail == null ? "" : detail);
  }
}
