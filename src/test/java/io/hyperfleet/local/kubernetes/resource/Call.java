package io.hyperfleet.local.kubernetes.resource;

import java.util.function.Predicate;

/**
 * What a client asked for, in the words of RBAC rules, so that a role can be checked against what really happened.
 * Parts that a request does not name are empty strings; the core group is empty too.
 */
public record Call(String verb, String group, String resource, String subresource, String namespace, String name) {

  /** Calls of one verb on one resource, whatever the subresource, e.g. {@code Call.of("create", "jobs")}. */
  public static Predicate<Call> of(String verb, String resource) {
    return call -> call.verb.equals(verb) && call.resource.equals(resource);
  }

  /** Every call. */
  public static Predicate<Call> any() {
    return call -> true;
  }
}
