package io.hyperfleet.policy;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What adapters may make in Kubernetes. It is the operator's word, not that of the adapter's folder; everything that is
 * not listed is refused before it reaches Kubernetes.
 *
 * @param kinds Kinds that adapters may make and read: the kind, with a dot and its API group for all but the core
 * group, such as Job.batch.
 * @param namespaces Namespaces that adapters may work in.
 * @param serviceAccounts Service accounts that pods may run as, beside the one that every pod of a namespace gets.
 * @param secrets Secrets that pods may read, by their names; none when empty.
 * @param podSecurity Level of Kubernetes' Pod Security Standards that pods are held to.
 * @param permissions What manifests may do beyond that level and the rules for other objects.
 * @param adapters Other lists for single adapters, by their names; a list that is given there takes the place of that
 * of all adapters.
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
   * Other lists for one adapter; absent ones are those of all adapters.
   *
   * @param kinds Kinds that this adapter may make and read.
   * @param namespaces Namespaces that this adapter may work in.
   * @param serviceAccounts Service accounts that this adapter's pods may run as.
   * @param secrets Secrets that this adapter's pods may read.
   * @param podSecurity Level that this adapter's pods are held to.
   * @param permissions What this adapter's manifests may do beyond that level and the rules for other objects.
   */
  public record Adapter(List<String> kinds, List<String> namespaces, List<String> serviceAccounts, List<String> secrets,
      PodSecurity podSecurity, List<Permission> permissions) {}
}
