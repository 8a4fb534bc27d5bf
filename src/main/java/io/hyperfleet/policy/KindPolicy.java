package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds policy violations by kind, and in kinds without pods. */
final class KindPolicy {

  /**
   * Kinds of Kubernetes that belong to no namespace, by their groups. Those of others are kept off by the list of
   * kinds.
   */
  private static final Map<String, Set<String>> CLUSTER_WIDE = Map.ofEntries(
      Map.entry("", Set.of("Namespace", "Node", "PersistentVolume", "ComponentStatus")),
      Map.entry("rbac.authorization.k8s.io", Set.of("ClusterRole", "ClusterRoleBinding")),
      Map.entry("apiextensions.k8s.io", Set.of("CustomResourceDefinition")),
      Map.entry("apiregistration.k8s.io", Set.of("APIService")),
      Map.entry("storage.k8s.io",
          Set.of("StorageClass", "CSIDriver", "CSINode", "VolumeAttachment", "VolumeAttributesClass")),
      Map.entry("snapshot.storage.k8s.io", Set.of("VolumeSnapshotClass", "VolumeSnapshotContent")),
      Map.entry("scheduling.k8s.io", Set.of("PriorityClass")),
      Map.entry("node.k8s.io", Set.of("RuntimeClass")),
      Map.entry("networking.k8s.io", Set.of("IngressClass", "IPAddress", "ServiceCIDR")),
      Map.entry("certificates.k8s.io", Set.of("CertificateSigningRequest", "ClusterTrustBundle")),
      Map.entry("resource.k8s.io", Set.of("DeviceClass", "ResourceSlice", "DeviceTaintRule")),
      Map.entry("policy", Set.of("PodSecurityPolicy")));
  /** Groups of which every kind belongs to no namespace. */
  private static final Set<String> CLUSTER_WIDE_GROUPS = Set.of("admissionregistration.k8s.io",
      "flowcontrol.apiserver.k8s.io", "storagemigration.k8s.io");

  private final Findings findings;
  private final VolumePolicy volumes;

  KindPolicy(Findings findings) {
    this.findings = findings;
    this.volumes = new VolumePolicy(findings);
  }

  /** Checks an object and returns its kind as named in the configuration; empty if unknown. */
  String check(ManifestNode object) {
    var kind = check(object.get("apiVersion").value(), object.get("kind"));
    switch (kind) {
      case "Service" -> service(findings.map(object.get("spec")));
      case "PersistentVolumeClaim" -> volumes.claim(object.get("spec"));
      case "Secret" -> secret(object);
      case "ServiceAccount" -> {
        references(object.get("secrets"), "name");
        references(object.get("imagePullSecrets"), "name");
      }
      case "Ingress.networking.k8s.io" -> references(object.in("spec", "tls"), "secretName");
      case "StatefulSet.apps" -> findings.maps(object.in("spec", "volumeClaimTemplates"))
          .forEach(claim -> volumes.claim(claim.get("spec")));
      default -> {
      }
    }
    return kind;
  }

  /** Checks a kind alone. */
  String check(Object apiVersion, ManifestNode kind) {
    if (apiVersion instanceof Unknown || kind.isUnknown()) {
      return "";
    }
    var version = String.valueOf(apiVersion);
    var group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    findings.kind(kind, group, kind.value());
    var name = String.valueOf(kind.value());
    if (isClusterWide(group, name)) {
      findings.permit(kind, Permission.CLUSTER_WIDE, "it is cluster-scoped");
    }
    return group.isEmpty() ? name : name + "." + group;
  }

  static boolean isClusterWide(String group, String kind) {
    return CLUSTER_WIDE_GROUPS.contains(group) || CLUSTER_WIDE.getOrDefault(group, Set.of()).contains(kind);
  }

  private void service(ManifestNode spec) {
    var type = spec.get("type");
    if (type.is("LoadBalancer")) {
      findings.permit(type, Permission.LOAD_BALANCERS, "allowed without it: ClusterIP");
    } else if (type.is("NodePort")) {
      findings.permit(type, Permission.HOST_PORTS, "allowed without it: ClusterIP");
    } else {
      findings.only(type, Permission.EXTERNAL_ADDRESSES, "ClusterIP", "");
    }
    if (!spec.get("externalIPs").mayBe(List.of())) {
      findings.absent(spec.get("externalIPs"), Permission.EXTERNAL_ADDRESSES);
    }
    findings.only(spec.get("loadBalancerIP"), Permission.LOAD_BALANCERS, "");
    findings.only(spec.get("externalName"), Permission.EXTERNAL_ADDRESSES, "");
    for (ManifestNode port : findings.maps(spec.get("ports"))) {
      findings.only(port.get("nodePort"), Permission.HOST_PORTS, 0);
    }
  }

  /** A Secret of this type is filled with the token of the account that an annotation names. */
  private void secret(ManifestNode secret) {
    if (secret.get("type").is("kubernetes.io/service-account-token")) {
      findings.serviceAccount(secret.in("metadata", "annotations", "kubernetes.io/service-account.name"));
    }
  }

  private void references(ManifestNode list, String key) {
    for (ManifestNode item : findings.maps(list)) {
      if (!item.get(key).isAbsent()) {
        findings.secret(item.get(key));
      }
    }
  }
}
