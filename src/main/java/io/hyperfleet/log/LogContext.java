package io.hyperfleet.log;

import java.util.List;
import org.slf4j.MDC;

/**
 * What the log lines of this thread are about, until {@link #clear}: the correlation fields of the contracts (API 4.8, adapters 5.3).
 */
public final class LogContext {

  private static final String ADAPTER = "adapter";
  private static final String EVENT_ID = "event_id";
  private static final String CLUSTER_ID = "cluster_id";
  private static final String NODEPOOL_ID = "nodepool_id";
  private static final String RESOURCE_TYPE = "resource_type";
  private static final String RESOURCE_ID = "resource_id";
  private static final String GENERATION = "observed_generation";
  private static final List<String> ALL =
      List.of(ADAPTER, EVENT_ID, CLUSTER_ID, NODEPOOL_ID, RESOURCE_TYPE, RESOURCE_ID, GENERATION);

  /** Ids come from outside; none is longer than this in the log. */
  private static final int LONGEST = 128;

  private LogContext() {}

  /** Forgets all of it. */
  public static void clear() {
    ALL.forEach(MDC::remove);
  }

  /** An adapter that has received a message; what the thread was busy with before is forgotten. */
  public static void adapter(String name) {
    clear();
    MDC.put(ADAPTER, name);
  }

  /** The event in that message; empty where there is none. */
  public static void event(String id) {
    if (!id.isEmpty()) {
      MDC.put(EVENT_ID, id.substring(0, Math.min(LONGEST, id.length())));
    }
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
