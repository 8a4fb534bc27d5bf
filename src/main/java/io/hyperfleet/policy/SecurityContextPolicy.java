package io.hyperfleet.policy;

import java.util.Set;

/**
 * Finds policy violations of the security context of a pod or a container. Unknown settings are rejected.
 */
final class SecurityContextPolicy {

  /** Settings that cannot extend a container's rights with any value. */
  private static final Set<String> HARMLESS = Set.of("runAsUser", "runAsGroup", "runAsNonRoot", "fsGroup",
      "fsGroupChangePolicy", "supplementalGroups", "supplementalGroupsPolicy", "seLinuxChangePolicy",
      "readOnlyRootFilesystem", "allowPrivilegeEscalation");
  /** What every container has, which a manifest may name again. */
  private static final Object[] CAPABILITIES = {"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL",
      "MKNOD",
      "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"};
  private static final Object[] SELINUX_TYPES = {"", "container_t", "container_init_t", "container_kvm_t",
      "container_engine_t"};
  private static final Object[] SYSCTLS = {"kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range",
      "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
      "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
      "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"};
  private static final Object[] PROFILES = {"RuntimeDefault", "Localhost"};
  private static final Object NET_BIND_SERVICE = "NET_BIND_SERVICE";

  private final Findings findings;

  SecurityContextPolicy(Findings findings) {
    this.findings = findings;
  }

  /** What no pod may ask for, at either level. */
  void check(ManifestNode context) {
    for (ManifestNode setting : findings.map(context).values()) {
      switch (setting.key()) {
        case "privileged" -> findings.only(setting, Permission.PRIVILEGED, false);
        case "capabilities" -> added(setting, CAPABILITIES);
        case "procMount" -> findings.only(setting, Permission.SECURITY_OPTIONS, "Default");
        case "seccompProfile", "appArmorProfile" -> profile(setting);
        case "seLinuxOptions" -> selinux(setting);
        case "sysctls" -> findings.maps(setting).forEach(this::sysctl);
        case "windowsOptions" -> windows(setting);
        default -> {
          if (!HARMLESS.contains(setting.key())) {
            findings.absent(setting, Permission.SECURITY_OPTIONS);
          }
        }
      }
    }
  }

  private void profile(ManifestNode profile) {
    if (!profile.isAbsent()) {
      var type = findings.map(profile).get("type");
      if (type.isAbsent() || !type.mayBe(PROFILES)) {
        findings.permit(type, Permission.SECURITY_OPTIONS, "allowed without it: RuntimeDefault, Localhost");
      }
    }
  }

  private void selinux(ManifestNode options) {
    findings.only(findings.map(options).get("type"), Permission.SECURITY_OPTIONS, SELINUX_TYPES);
    findings.only(options.get("user"), Permission.SECURITY_OPTIONS, "");
    findings.only(options.get("role"), Permission.SECURITY_OPTIONS, "");
  }

  private void sysctl(ManifestNode sysctl) {
    var name = sysctl.get("name");
    if (name.isAbsent() || !name.mayBe(SYSCTLS)) {
      findings.permit(name, Permission.SECURITY_OPTIONS, "allowed without it: the sysctls of the baseline");
    }
  }

  private void windows(ManifestNode options) {
    for (ManifestNode option : findings.map(options).values()) {
      if (option.key().equals("hostProcess")) {
        findings.only(option, Permission.PRIVILEGED, false);
      } else if (!option.key().equals("runAsUserName")) {
        findings.absent(option, Permission.SECURITY_OPTIONS);
      }
    }
  }

  private void added(ManifestNode capabilities, Object... harmless) {
    for (ManifestNode capability : findings.items(findings.map(capabilities).get("add"))) {
      if (capability.isAbsent() || !capability.mayBe(harmless)) {
        findings.permit(capability, Permission.CAPABILITIES,
            ManifestNode.words(capability.value()) + " is not a default capability");
      }
    }
  }

  /** What the level restricted demands of a container, by its own context and its pod's. */
  void restricted(ManifestNode container, ManifestNode pod, boolean windows) {
    var own = container.get("securityContext");
    var common = pod.get("securityContext");
    if (findings.restricted()) {
      nonRoot(own.get("runAsNonRoot"), common.get("runAsNonRoot"));
      user(own.get("runAsUser"));
      if (!windows) {
        var escalation = own.get("allowPrivilegeEscalation");
        if (!escalation.isUnknown() && !escalation.is(false)) {
          findings.demand(escalation, Permission.PRIVILEGED, "must be false");
        }
        seccomp(own.get("seccompProfile"), common.get("seccompProfile"));
        capabilities(own.get("capabilities"));
      }
    }
  }

  /** What the level restricted demands of a pod's own context. */
  void restricted(ManifestNode pod) {
    if (findings.restricted()) {
      var nonRoot = pod.in("securityContext", "runAsNonRoot");
      if (!nonRoot.mayBe(true)) {
        findings.demand(nonRoot, Permission.ROOT, "must be true");
      }
      user(pod.in("securityContext", "runAsUser"));
    }
  }

  private void nonRoot(ManifestNode own, ManifestNode common) {
    if (own.isAbsent() ? !common.isUnknown() && !common.is(true) : !own.mayBe(true)) {
      findings.demand(own, Permission.ROOT, "must be true, here or for the pod");
    }
  }

  private void user(ManifestNode user) {
    if (!user.mayBe() && (!user.whole() || user.is(0))) {
      findings.demand(user, Permission.ROOT, "must not be root");
    }
  }

  private void seccomp(ManifestNode own, ManifestNode common) {
    var effective = own.isAbsent() ? common : own;
    if (effective.isAbsent()) {
      findings.demand(own, Permission.SECURITY_OPTIONS,
          "the type must be RuntimeDefault or Localhost, here or for the pod");
    }
  }

  private void capabilities(ManifestNode capabilities) {
    var drop = capabilities.get("drop");
    boolean dropsAll = drop.isUnknown() || drop.items().stream().anyMatch(item -> item.isUnknown() || item.is("ALL"));
    if (!dropsAll) {
      findings.demand(drop, Permission.CAPABILITIES, "[ALL] is required");
    }
    for (ManifestNode capability : capabilities.get("add").items()) {
      if (!capability.isUnknown() && !capability.is(NET_BIND_SERVICE)) {
        findings.demand(capability, Permission.CAPABILITIES, "only NET_BIND_SERVICE may be added");
      }
    }
  }
}
