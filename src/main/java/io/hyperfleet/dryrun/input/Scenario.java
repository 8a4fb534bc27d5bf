package io.hyperfleet.dryrun.input;

import java.util.List;
import java.util.Map;

/**
 * The scenario of a dry run.
 *
 * @param event the CloudEvent in structured form
 * @param resource the cluster or node pool that it is about, with {@code adapter_statuses}, as the API answers it
 * @param others further resources that the API knows, such as the cluster that owns a node pool
 * @param objects what exists in Kubernetes
 * @param faults requests that fail
 */
public record Scenario(Map<String, Object> event, Map<String, Object> resource, List<Map<String, Object>> others,
    List<Map<String, Object>> objects, List<Fault> faults) {

  /** Names of the files of a case, without their ending. */
  static final String EVENT = "in-event";
  static final String CLUSTER = "in-cluster";
  static final String NODE_POOL = "in-nodepool";
  static final String STATUSES = "in-statuses";
  static final String RESOURCES = "in-resources";
  static final String FAULTS = "in-faults";
}
