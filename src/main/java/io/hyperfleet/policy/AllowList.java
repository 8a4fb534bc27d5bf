package io.hyperfleet.policy;

import java.util.List;
import java.util.Set;

/**
 * What one adapter may use.
 *
 * @param kinds kinds as {@code Kind.group}, or {@code Kind} of the core group
 * @param namespaces namespaces
 * @param serviceAccounts service accounts of pods
 * @param secrets secrets that pods read
 * @param permissions what pods may do beyond the baseline
 */
record AllowList(Set<String> kinds, Set<String> namespaces, Set<String> serviceAccounts, Set<String> secrets,
    Set<Permission> permissions) {

  static AllowList of(PolicyProperties properties, String adapter) {
    var own = properties.adapters().get(adapter);
    return new AllowList(
        set(own == null ? null : own.kinds(), properties.kinds()),
        set(own == null ? null : own.namespaces(), properties.namespaces()),
        set(own == null ? null : own.serviceAccounts(), properties.serviceAccounts()),
        set(own == null ? null : own.secrets(), properties.secrets()),
        set(own == null ? null : own.permissions(), properties.permissions()));
  }

  private static <T> Set<T> set(List<T> own, List<T> common) {
    return Set.copyOf(own == null ? common : own);
  }
}
