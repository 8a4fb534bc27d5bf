package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What adapters may create in Kubernetes. It is set by the operator, not by adapter folders; everything that is not
 * listed is rejected before it is sent to Kubernetes.
 *
 * @param kinds Kinds that adapters may create and read: the kind and, for all but the core group, a dot and the API
 * group, such as Job.batch.
 * @param namespaces Namespaces that adapters may work in.
 * @param serviceAccounts Service accounts that pods may run as, in addition to the namespace's default.
 * @param secrets Secrets that pods may read, by their names; none when empty.
 * @param podSecurity Pod Security Standards level that is enforced on pods.
 * @param permissions Permissions of manifests beyond the pod security level and the rules for other objects.
 * @param adapters Lists for single adapters, by adapter name; each list replaces the general one.
 */
@ConfigurationProperties("hyperfleet.adapters.policy")
public record PolicyProperties(
    @DefaultValue( {
        "Job.batch", "CronJob.batch", "Deployment.apps", "StatefulSet.apps", "ConfigMap", "Service",
        "PersistentVolumeClaim", "DnsRecord.dns.hyperfleet.io", "DNSEndpoint.externaldns.k8s.io"}) List<String> kinds,
    @DefaultValue("hyperfleet-adapters") List<String> namespaces,
    @DefaultValue List<String> serviceAccounts,
    @DefaultValue List<String> secrets,
    @DefaultValue("baseline") PodSecurity podSecurity,
    @DefaultValue List<Permission> permissions,
    @DefaultValue Map<String, Adapter> adapters){

  /**
   * Lists for one adapter; a missing list defaults to the general one.
   *
   * @param kinds Kinds that this adapter may create and read.
   * @param namespaces Namespaces that this adapter may work in.
   * @param serviceAccounts Service accounts that this adapter's pods may run as.
   * @param secrets Secrets that this adapter's pods may read.
   * @param podSecurity Pod Security Standards level that is enforced on this adapter's pods.
   * @param permissions Permissions of this adapter's manifests beyond the pod security level and the rules for other
   * objects.
   */
  public record Adapter(List<String> kinds, List<String> namespaces, List<String> serviceAccounts, List<String> secrets,
      PodSecurity podSecurity, List<Permission> permissions) {}
}
