package io.hyperfleet.kind;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the registry of kinds; every role may ask it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KindsProperties.class)
class KindConfiguration {

  @Bean
  Kinds kinds(KindsProperties properties) {
    return new Kinds(properties);
  }
}
