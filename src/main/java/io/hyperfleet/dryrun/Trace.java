package io.hyperfleet.dryrun;

import java.util.List;
import java.util.Map;

/**
 * The trace of an adapter handling an event.
 *
 * @param adapter name of the adapter
 * @param event the decoded event
 * @param variables the variables of its CEL expressions
 * @param decision the first decisions of the routes: deleting, applies, upToDate (absent if not evaluated)
 * @param appliesWhen that condition alone in a list; empty where the adapter has none
 * @param preconditions each of them, in the order of the definition
 * @param changes the requests to Kubernetes that would have changed something, with the manifests as they were sent
 * @param postconditions each of them; empty when they were not asked
 * @param reports the reports that would have been sent, usually one
 * @param problems problems; empty if the adapter works for this event
 */
record Trace(
    String adapter,
    Object event,
    Map<String, Object> variables,
    Map<String, Object> decision,
    List<Checked> appliesWhen,
    List<Checked> preconditions,
    List<StandInKubernetes.Change> changes,
    List<Checked> postconditions,
    List<StandInApi.SentReport> reports,
    List<String> problems) {

  /**
   * A condition that was asked.
   *
   * @param name its name
   * @param expression its CEL
   * @param result {@code met}, {@code not met}, {@code error}, or {@code not asked}
   * @param why the values that it read, or the error
   */
  record Checked(String name, String expression, String result, List<String> why) {

    static final String MET = "met";
    static final String NOT_MET = "not met";
    static final String ERROR = "error";
    static final String NOT_ASKED = "not asked";
  }

  boolean failed() {
    return !problems.isEmpty();
  }
}
