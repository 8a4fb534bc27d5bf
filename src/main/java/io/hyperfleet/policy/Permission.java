package io.hyperfleet.policy;

/** Something that a pod may do only when an operator says so. */
public enum Permission {
  /** Privileged containers. */
  PRIVILEGED("privileged"),
  /** The node's network, processes or inter-process communication. */
  HOST_NETWORK("host-network"),
  /** Files of the node. */
  HOST_PATH("host-path"),
  /** Ports of the node. */
  HOST_PORTS("host-ports"),
  /** Capabilities beyond those that every container has. */
  CAPABILITIES("capabilities"),
  /** Security settings that are not known to be harmless, such as SELinux options or an unconfined seccomp profile. */
  SECURITY_OPTIONS("security-options");

  private final String word;

  Permission(String word) {
    this.word = word;
  }

  /** The word in configuration. */
  public String word() {
    return word;
  }
}
