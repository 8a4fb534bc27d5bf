package io.hyperfleet.policy;

/** A permission of manifests that operators can grant. */
public enum Permission {
  /** Privileged containers, host processes on Windows, and the escalation of privileges where pods are restricted. */
  PRIVILEGED("privileged"),
  /** The node's network, processes or inter-process communication. */
  HOST_NETWORK("host-network"),
  /** Files of the node. */
  HOST_PATH("host-path"),
  /** Ports of the node, also those of a Service of the type NodePort. */
  HOST_PORTS("host-ports"),
  /** Capabilities beyond those that every container has; where pods are restricted, all but NET_BIND_SERVICE. */
  CAPABILITIES("capabilities"),
  /**
   * Security settings and volumes that are not known to be harmless, such as SELinux options or an unconfined seccomp
   * profile.
   */
  SECURITY_OPTIONS("security-options"),
  /** Containers that run as root, where pods are restricted. */
  ROOT("root"),
  /** Other hosts than the pod in probes and hooks, which the node then sends requests to. */
  PROBE_HOSTS("probe-hosts"),
  /** A pod's choice of its node past the scheduler, and nodes of the control plane. */
  NODE_PLACEMENT("node-placement"),
  /** Priority classes that begin with system-, before which other pods give way. */
  SYSTEM_PRIORITY("system-priority"),
  /** Services of the type LoadBalancer. */
  LOAD_BALANCERS("load-balancers"),
  /** Services with external addresses or names. */
  EXTERNAL_ADDRESSES("external-addresses"),
  /** The choice of a PersistentVolume, and data of other namespaces. */
  PERSISTENT_VOLUMES("persistent-volumes"),
  /** Kinds that belong to no namespace, webhooks among them; each has to be among the kinds as well. */
  CLUSTER_WIDE("cluster-wide");

  private final String word;

  Permission(String word) {
    this.word = word;
  }

  /** The word in configuration. */
  public String word() {
    return word;
  }
}
