package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** The kubectl command that shows an adapter's objects, with values validated for a shell. */
final class KubectlHint {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final String NODE_POOL = "NodePool";

  private KubectlHint() {}

  /** For the Job in a report; empty if there is none. */
  static String of(JsonNode report) {
    var job = report.at("/metadata/job_name").asText();
    var namespace = report.at("/metadata/job_namespace").asText();
    return isName(job) && isName(namespace)
        ? "kubectl -n %s describe job %s && kubectl -n %1$s logs job/%2$s".formatted(namespace, job)
        : "";
  }

  /** For all objects of a resource. */
  static String of(String kind, String id) {
    var label = NODE_POOL.equals(kind) ? "nodepool-id" : "cluster-id";
    return isName(id) ? "kubectl get jobs,pods -A -l hyperfleet.io/" + label + "=" + id : "";
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
