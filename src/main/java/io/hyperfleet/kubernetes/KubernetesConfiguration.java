package io.hyperfleet.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The one Kubernetes client of a process. Making it sends nothing: a cluster that is away shows at the first request. Whoever
 * needs Kubernetes' model as maps, or maps as the model, takes the client's serialization.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole({Role.ADAPTERS, Role.GITOPS})
class KubernetesConfiguration {

  @Bean(destroyMethod = "close")
  KubernetesClient kubernetesClient(KubernetesProperties properties, @Qualifier("longIntegers") ObjectMapper mapper) {
    return KubernetesClients.of(properties)
        .withKubernetesSerialization(new KubernetesSerialization(mapper.copy(), true)).build();
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
