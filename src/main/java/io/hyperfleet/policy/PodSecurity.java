package io.hyperfleet.policy;

/**
 * A level of Kubernetes' <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod Security
 * Standards</a>, by the controls of its newest version.
 */
public enum PodSecurity {
  /** Prevents known privilege escalations to the node. */
  BASELINE,
  /** Also requires hardening: no root, no privilege escalation, no capabilities, a seccomp profile. */
  RESTRICTED
}
