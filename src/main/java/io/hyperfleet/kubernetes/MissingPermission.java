package io.hyperfleet.kubernetes;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A missing permission, parsed from a message of Kubernetes' authorizers. Rejections by admission have other messages
 * that may quote such a message, so only the beginning counts. See
 * <a href="https://kubernetes.io/docs/reference/access-authn-authz/rbac/">Using RBAC Authorization</a>.
 *
 * @param user the user without permission
 * @param verb the denied verb, such as {@code create}
 * @param object of which resource, such as {@code jobs.batch}, or which path
 * @param namespace namespace; empty for cluster-scoped objects
 * @param remark the authorizer's remark; may be empty
 */
record MissingPermission(String user, String verb, String object, String namespace, String remark) {

  private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final Pattern FORM = Pattern.compile(
      "(?:[^\\s\"]+ (?:" + QUOTED + " )?is )?forbidden: User (?<user>" + QUOTED
          + ") cannot (?<verb>\\S+) (?:resource \"(?<resource>[^\"]*)\" in API group \"(?<group>[^\"]*)\""
          + " (?:in the namespace \"(?<namespace>[^\"]*)\"|at the cluster scope)|path (?<path>" + QUOTED
          + "))(?:: (?<remark>.*))?",
      Pattern.DOTALL);
  private static final String ACCOUNT = "system:serviceaccount:";
  private static final String ANONYMOUS = "system:anonymous";
  private static final int LONGEST = 300;

  /** Of an answer's message; empty when it says something else. */
  static Optional<MissingPermission> of(String message) {
    var form = FORM.matcher(message);
    if (!form.matches()) {
      return Optional.empty();
    }
    var resource = form.group("resource");
    var object = resource == null
        ? "the path " + form.group("path")
        : form.group("group").isEmpty()
            ? resource
            : resource.replaceFirst("(?=/|$)", "." + form.group("group"));
    return Optional.of(new MissingPermission(form.group("user").replaceAll("^\"|\"$", ""), form.group("verb"), object,
        text(form.group("namespace")), text(form.group("remark"))));
  }

  /** The missing permission, and what to grant. */
  String words() {
    var scope = namespace.isEmpty() ? "" : " in the namespace " + namespace;
    var remarked = remark.isEmpty()
        ? ""
        : " (" + (remark.length() <= LONGEST ? remark : remark.substring(0, LONGEST) + "...") + ")";
    return who() + " may not " + verb + " " + object + scope + remarked + ". " + (user.equals(ANONYMOUS)
        ? "Kubernetes was sent no credentials: check the kubeconfig, or the token of the service account"
        : "Grant " + verb + " on " + object + " to the adapter's " + (namespace.isEmpty() ? "ClusterRole" : "Role"));
  }

  private String who() {
    return user.startsWith(ACCOUNT)
        ? "service account " + user.substring(ACCOUNT.length()).replaceFirst(":", "/")
        : "user " + user;
  }

  private static String text(String group) {
    return group == null ? "" : group;
  }
}
