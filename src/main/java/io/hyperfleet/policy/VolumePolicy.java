package io.hyperfleet.policy;

import java.util.Set;

/** Finds policy violations of a pod's volumes and of volume claims. */
final class VolumePolicy {

  /** Volumes limited to the pod or its namespace. */
  private static final Set<String> VOLUMES = Set.of("name", "configMap", "emptyDir", "downwardAPI", "projected",
      "persistentVolumeClaim", "ephemeral", "secret");
  /** Sources of volumes that a custom resource may hold under the same names. */
  private static final Set<String> OUTSIDE = Set.of("hostPath", "awsElasticBlockStore", "azureDisk", "azureFile",
      "cephfs",
      "cinder", "csi", "fc", "flexVolume", "flocker", "gcePersistentDisk", "gitRepo", "glusterfs", "iscsi", "nfs",
      "photonPersistentDisk", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume");
  private static final Set<String> PROJECTED = Set.of("configMap", "downwardAPI", "clusterTrustBundle", "secret");

  private final Findings findings;

  VolumePolicy(Findings findings) {
    this.findings = findings;
  }

  /** Checks one volume. Of a pod's, a source that is not known is refused. */
  void check(ManifestNode volume) {
    for (ManifestNode source : volume.values()) {
      if (source.key().equals("hostPath")) {
        findings.absent(source, Permission.HOST_PATH);
      } else if (source.key().equals("image") && (findings.exact() || source.isMap())) {
        if (findings.restricted()) {
          findings.absent(source, Permission.SECURITY_OPTIONS);
        }
      } else if (findings.exact() && !VOLUMES.contains(source.key()) || OUTSIDE.contains(source.key())) {
        findings.absent(source, Permission.SECURITY_OPTIONS);
      }
      secrets(source);
    }
    for (ManifestNode source : findings.maps(findings.map(volume.get("projected")).get("sources"))) {
      for (ManifestNode item : source.values()) {
        if (!PROJECTED.contains(item.key())) {
          findings.absent(item, Permission.SECURITY_OPTIONS);
        } else if (item.key().equals("secret") && !item.isAbsent()) {
          findings.secret(findings.map(item).get("name"));
        }
      }
    }
    claim(volume.in("ephemeral", "volumeClaimTemplate", "spec"));
  }

  /** Drivers name the Secrets of their servers each in its own way. */
  private void secrets(ManifestNode source) {
    if (source.key().equals("secret") && !source.isAbsent()) {
      findings.secret(findings.map(source).get("secretName"));
      return;
    }
    for (String key : new String[]{"secretRef", "nodePublishSecretRef"}) {
      var reference = source.get(key);
      if (!reference.isAbsent()) {
        findings.secret(findings.map(reference).get("name"));
      }
    }
    var name = source.get("secretName");
    if (!name.isAbsent()) {
      findings.secret(name);
    }
  }

  /** Checks the specification of a PersistentVolumeClaim. */
  void claim(ManifestNode spec) {
    findings.only(findings.map(spec).get("volumeName"), Permission.PERSISTENT_VOLUMES, "");
    findings.absent(spec.get("selector"), Permission.PERSISTENT_VOLUMES);
    findings.only(spec.in("dataSourceRef", "namespace"), Permission.PERSISTENT_VOLUMES, "");
  }
}
