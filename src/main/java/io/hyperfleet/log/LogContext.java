package io.hyperfleet.log;

import java.util.Arrays;
import java.util.List;
import org.slf4j.MDC;

/**
 * What the log lines of this thread are about, until {@link #clear}: the correlation fields that docs/operations.md
 * lists.
 */
public final class LogContext {

  private static final String ADAPTER = "adapter";
  private static final String SUBSCRIPTION = "subscription";
  private static final String EVENT_ID = "event_id";
  private static final String EVENT_TYPE = "event_type";
  private static final String CLUSTER_ID = "cluster_id";
  private static final String NODEPOOL_ID = "nodepool_id";
  private static final String RESOURCE_TYPE = "resource_type";
  private static final String RESOURCE_ID = "resource_id";
  private static final String GENERATION = "observed_generation";
  private static final String FAILED_PHASES = "failed_phases";
  private static final List<String> OBJECT = List.of("k8s_kind", "k8s_namespace", "k8s_name", "k8s_result");
  private static final List<String> ALL = List.of(ADAPTER, SUBSCRIPTION, EVENT_ID, EVENT_TYPE, CLUSTER_ID, NODEPOOL_ID,
      RESOURCE_TYPE, RESOURCE_ID, GENERATION, FAILED_PHASES);

  /** Ids come from outside; none is longer than this in the log. */
  private static final int LONGEST = 128;

  private LogContext() {}

  /** Forgets all of it. */
  public static void clear() {
    ALL.forEach(MDC::remove);
    noObject();
  }

  /** An adapter that looks at something; what the thread was busy with before is forgotten. */
  public static void adapter(String name) {
    clear();
    MDC.put(ADAPTER, name);
  }

  /** Where its message came from. */
  public static void subscription(String name) {
    MDC.put(SUBSCRIPTION, name);
  }

  /** The event in that message; empty where there is none. */
  public static void event(String id, String type) {
    put(EVENT_ID, id);
    put(EVENT_TYPE, type);
  }

  private static void put(String field, String value) {
    if (!value.isEmpty()) {
      MDC.put(field, value.substring(0, Math.min(LONGEST, value.length())));
    }
  }

  /** Parts of handling the event have failed; each is named once. */
  public static void failed(String phase) {
    var before = MDC.get(FAILED_PHASES);
    if (before == null) {
      MDC.put(FAILED_PHASES, phase);
    } else if (!List.of(before.split(",")).contains(phase)) {
      MDC.put(FAILED_PHASES, before + "," + phase);
    }
  }

  /** An object in Kubernetes and what became of its change; {@code namespace} is null where it has none. */
  public static void object(String kind, String namespace, String name, String result) {
    noObject();
    var values = Arrays.asList(kind, namespace, name, result);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) != null) {
        MDC.put(OBJECT.get(i), values.get(i));
      }
    }
  }

  /** Lines are about no object any more. */
  public static void noObject() {
    OBJECT.forEach(MDC::remove);
  }

  /** The resource that a request or an event names. */
  public static void resource(String kind, String id) {
    switch (kind) {
      case "Cluster" -> MDC.put(CLUSTER_ID, id);
      case "NodePool" -> MDC.put(NODEPOOL_ID, id);
      default -> MDC.put(RESOURCE_ID, id);
    }
    if (!kind.isEmpty() && kind.length() <= LONGEST) {
      MDC.put(RESOURCE_TYPE, kind);
    }
  }

  /** The resource as it was fetched; {@code nodePool} is null for a cluster. */
  public static void fetched(String cluster, String nodePool, long generation) {
    MDC.remove(RESOURCE_ID);
    MDC.put(CLUSTER_ID, cluster);
    if (nodePool != null) {
      MDC.put(NODEPOOL_ID, nodePool);
    }
    MDC.put(GENERATION, String.valueOf(generation));
  }
}
