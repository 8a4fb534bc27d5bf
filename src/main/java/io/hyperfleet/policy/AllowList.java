package io.hyperfleet.policy;

import java.util.List;
import java.util.Set;

/**
 * The policy for one adapter.
 *
 * @param kinds kinds as {@code Kind.group}, or {@code Kind} of the core group
 * @param namespaces namespaces
 * @param serviceAccounts service accounts of pods
 * @param secrets secrets that pods read
 * @param permissions permissions beyond the level
 * @param podSecurity the level that pods are held to
 */
record AllowList(Set<String> kinds, Set<String> namespaces, Set<String> serviceAccounts, Set<String> secrets,
    Set<Permission> permissions, PodSecurity podSecurity) {

  static AllowList of(PolicyProperties properties, String adapter) {
    var own = properties.adapters().get(adapter);
    return new AllowList(
        set(own == null ? null : own.kinds(), properties.kinds()),
        set(own == null ? null : own.namespaces(), properties.namespaces()),
        set(own == null ? null : own.serviceAccounts(), properties.serviceAccounts()),
        set(own == null ? null : own.secrets(), properties.secrets()),
        set(own == null ? null : own.permissions(), properties.permissions()),
        own == null || own.podSecurity() == null ? properties.podSecurity() : own.podSecurity());
  }

  private static <T> Set<T> set(List<T> own, List<T> common) {
    return Set.copyOf(own == null ? common : own);
  }
}
