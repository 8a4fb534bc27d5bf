package io.hyperfleet.policy;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Policy violations of one manifest. */
final class Findings {

  private static final String KEY = "hyperfleet.adapters.policy.";

  /** Maximum number of violations per manifest. */
  private static final int MOST = 100;

  private final AllowList allowed;
  private final Set<Violation> found;
  private final boolean exact;

  Findings(AllowList allowed) {
    this(allowed, new LinkedHashSet<>(), true);
  }

  private Findings(AllowList allowed, Set<Violation> found, boolean exact) {
    this.allowed = allowed;
    this.found = found;
    this.exact = exact;
  }

  /** These findings, for what only looks like a part of a pod: a key may mean something else there. */
  Findings guessing() {
    return new Findings(allowed, found, false);
  }

  /** Whether the checked part is certain to have the assumed meaning. */
  boolean exact() {
    return exact;
  }

  List<Violation> list() {
    return List.copyOf(found);
  }

  boolean restricted() {
    return allowed.podSecurity() == PodSecurity.RESTRICTED;
  }

  private void add(ManifestNode node, String message, String key) {
    if (found.size() < MOST) {
      found.add(new Violation(node.path(), message, key.isEmpty() ? "" : KEY + key));
    }
  }

  /** A violation that cannot be permitted. */
  void refuse(ManifestNode node, String message) {
    add(node, message, "");
  }

  /** Only absent, or one of these values, without the permission. */
  void only(ManifestNode node, Permission permission, Object... harmless) {
    if (!node.mayBe(harmless)) {
      permit(node, permission, "allowed without it: " + words(harmless));
    }
  }

  /** Only absent without the permission. */
  void absent(ManifestNode node, Permission permission) {
    if (!node.isAbsent() && !node.isUnknown()) {
      permit(node, permission, "remove it");
    }
  }

  /** Needs the permission as it is. */
  void permit(ManifestNode node, Permission permission, String otherwise) {
    if (!allowed.permissions().contains(permission)) {
      add(node, "needs the permission " + permission.word() + "; " + otherwise, "permissions");
    }
  }

  /** A requirement of the level restricted. */
  void demand(ManifestNode node, Permission permission, String what) {
    if (!allowed.permissions().contains(permission)) {
      add(node, "pod-security is restricted: " + what + ", or the permission " + permission.word() + " is needed",
          "permissions");
    }
  }

  /** The name of a Secret that is read. */
  void secret(ManifestNode name) {
    listed(name, name.isAbsent() ? "" : name.value(), "secret", "secrets", allowed.secrets());
  }

  void serviceAccount(ManifestNode name) {
    if (!name.mayBe("", "default")) {
      listed(name, name.value(), "service account", "service-accounts", allowed.serviceAccounts());
    }
  }

  void namespace(ManifestNode name, Object namespace) {
    listed(name, namespace, "namespace", "namespaces", allowed.namespaces());
  }

  void kind(ManifestNode at, String group, Object kind) {
    listed(at, kind instanceof String text && !group.isEmpty() ? text + "." + group : kind, "kind", "kinds",
        allowed.kinds());
  }

  private void listed(ManifestNode at, Object name, String what, String key, Set<String> names) {
    if (!(name instanceof Unknown) && !(name instanceof String text && names.contains(text))) {
      add(at, "the " + what + " " + ManifestNode.words(name) + " is not allowed; allowed: "
          + (names.isEmpty() ? "none" : String.join(", ", new TreeSet<>(names))), key);
    }
  }

  /** The part, which must be a map: how Kubernetes handles anything else is unknown. */
  ManifestNode map(ManifestNode node) {
    if (exact && !node.isMap() && !node.isAbsent() && !node.isUnknown()) {
      refuse(node, "must be a map");
    }
    return node;
  }

  /** The items of a part that must be a list of maps. */
  List<ManifestNode> maps(ManifestNode node) {
    return items(node).stream().map(this::item).filter(item -> item.isMap() || item.isUnknown()).toList();
  }

  private ManifestNode item(ManifestNode item) {
    if (exact && item.isAbsent()) {
      refuse(item, "must be a map");
    }
    return map(item);
  }

  /** The items of a part that must be a list. */
  List<ManifestNode> items(ManifestNode node) {
    if (exact && !node.isList() && !node.isAbsent() && !node.isUnknown()) {
      refuse(node, "must be a list");
    }
    return node.items();
  }

  private static String words(Object... values) {
    return Arrays.stream(values).map(value -> "".equals(value) ? "empty text" : value.toString())
        .collect(Collectors.joining(", "));
  }
}
