package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.File;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one Kubernetes client of a process. Making it sends nothing: a cluster that is away shows at the first request. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.ADAPTERS, Role.GITOPS})
class KubernetesConfiguration {

  @Bean(destroyMethod = "close")
  KubernetesClient kubernetesClient(KubernetesProperties properties) {
    var base = properties.kubeconfig().isBlank()
        ? Config.autoConfigure(null)
        : Config.fromKubeconfig(new File(properties.kubeconfig()));
    var config = new ConfigBuilder(base)
        .withConnectionTimeout((int) properties.connectionTimeout().toMillis())
        .withRequestTimeout((int) properties.requestTimeout().toMillis())
        .withRequestRetryBackoffLimit(properties.retries())
        .withMaxConcurrentRequests(properties.maxConcurrentRequests())
        .withMaxConcurrentRequestsPerHost(properties.maxConcurrentRequests())
        .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Camel finds the component by its name and this suffix. */
  @Bean("kubernetes-informer-component")
  KubernetesInformerComponent kubernetesInformerComponent(KubernetesClient kubernetes) {
    return new KubernetesInformerComponent(kubernetes);
  }

  @Bean
  KubernetesErrors kubernetesErrors() {
    return new KubernetesErrors();
  }

  @Bean
  KubernetesCheck kubernetesCheck(KubernetesClient kubernetes) {
    return new KubernetesCheck(kubernetes);
  }
}
