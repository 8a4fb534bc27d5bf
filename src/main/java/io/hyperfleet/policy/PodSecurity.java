package io.hyperfleet.policy;

/**
 * A level of Kubernetes' <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security
 * Standards</a>, by the controls of its newest version.
 */
public enum PodSecurity {
  /** Keeps pods from what is known to reach the node. */
  BASELINE,
  /** Besides, demands what hardens a pod: no root, no escalation, no capabilities, a seccomp profile. */
  RESTRICTED
}
