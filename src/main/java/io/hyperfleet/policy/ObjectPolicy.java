package io.hyperfleet.policy;

import java.util.Map;
import java.util.Set;

/** Finds policy violations of an object, by its kind and content. */
final class ObjectPolicy {

  private static final Map<String, String[]> PODS = Map.ofEntries(
      Map.entry("Pod", path()),
      Map.entry("PodTemplate", path("template")),
      Map.entry("ReplicationController", path("spec", "template")),
      Map.entry("Deployment.apps", path("spec", "template")),
      Map.entry("StatefulSet.apps", path("spec", "template")),
      Map.entry("DaemonSet.apps", path("spec", "template")),
      Map.entry("ReplicaSet.apps", path("spec", "template")),
      Map.entry("Job.batch", path("spec", "template")),
      Map.entry("CronJob.batch", path("spec", "jobTemplate", "spec", "template")));

  /** Maps of free keys and text. */
  private static final Set<String> LABELS = Set.of("labels", "matchLabels", "nodeSelector");
  private static final Set<String> TEXTS = Set.of("ConfigMap", "Secret");
  private static final Set<String> DATA = Set.of("data", "binaryData", "stringData");

  private final Findings findings;
  private final PodPolicy pods;
  private final PodPolicy likePods;
  private final ContainerPolicy likeContainers;
  private final SecurityContextPolicy likeContexts;
  private final KindPolicy kinds;

  ObjectPolicy(Findings findings) {
    this.findings = findings;
    this.pods = new PodPolicy(findings);
    this.likePods = new PodPolicy(findings.guessing());
    this.likeContainers = new ContainerPolicy(findings.guessing());
    this.likeContexts = new SecurityContextPolicy(findings.guessing());
    this.kinds = new KindPolicy(findings);
  }

  private static String[] path(String... keys) {
    return keys;
  }

  /**
   * Checks the object of a manifest.
   *
   * @param namespace namespace of an object that names none
   */
  void check(ManifestNode object, String namespace) {
    var named = findings.map(object.get("metadata")).get("namespace");
    findings.namespace(named, named.isAbsent() ? namespace : named.value());
    checkObject(object);
  }

  /** Checks an object inside of another one, which may be bound for another cluster. */
  private void checkInner(ManifestNode object) {
    var named = object.in("metadata", "namespace");
    if (!named.isAbsent()) {
      findings.namespace(named, named.value());
    }
    checkObject(object);
  }

  private void checkObject(ManifestNode object) {
    var kind = kinds.check(object);
    if (object.get("kind").value() instanceof String name && name.endsWith("List")
        && (name.equals("List") || !object.get("items").isAbsent())) {
      findings.refuse(object.get("kind"), "lists of objects are not allowed; use one manifest per object");
    }
    var place = PODS.get(kind);
    var template = place == null ? null : below(object, place);
    var pod = template == null ? null : findings.map(template.get("spec"));
    if (pod != null) {
      pods.check(pod);
    }
    sweep(object, pod == null ? null : pod.value(), TEXTS.contains(kind));
  }

  private ManifestNode below(ManifestNode object, String... keys) {
    var node = object;
    for (String key : keys) {
      node = findings.map(node.get(key));
    }
    return node;
  }

  /**
   * Checks everything below, since a kind that is not known may keep pods anywhere, and a known one only pretend to.
   */
  private void sweep(ManifestNode node, Object checked, boolean texts) {
    for (ManifestNode child : node.isList() ? node.items() : node.values()) {
      if (isObject(child)) {
        checkInner(child);
      } else if (child.key().equals("annotations")) {
        likePods.annotations(child);
      } else if (!LABELS.contains(child.key())
          && !(texts && child.parent().parent() == null && DATA.contains(child.key()))) {
        if (child.isMap() && child.value() != checked) {
          checkMap(child);
        }
        sweep(child, checked, texts);
      }
    }
  }

  private void checkMap(ManifestNode node) {
    findings.only(node.get("hostPort"), Permission.HOST_PORTS, 0);
    findings.absent(node.get("hostPath"), Permission.HOST_PATH);
    if (!node.get("secretKeyRef").isAbsent()) {
      findings.secret(node.in("secretKeyRef", "name"));
    }
    if (node.key().endsWith("ecurityContext")) {
      likeContexts.check(node);
    }
    if (PodPolicy.looksLikeOne(node)) {
      likePods.check(node);
    }
    if (ContainerPolicy.looksLikeOne(node)) {
      likeContainers.check(node);
    }
  }

  /** A reference to an object has no metadata; a claim of a StatefulSet may say what kind it is. */
  private static boolean isObject(ManifestNode node) {
    return node.get("apiVersion").value() instanceof String && node.get("kind").value() instanceof String
        && node.get("metadata").isMap()
        && !(node.parent().key().equals("volumeClaimTemplates") && node.get("kind").is("PersistentVolumeClaim"));
  }
}
