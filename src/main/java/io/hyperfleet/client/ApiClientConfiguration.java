package io.hyperfleet.client;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.trace.Tracing;
import java.net.URI;
import java.nio.file.Path;
import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.hc.core5.http.HttpHeaders;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds the configured token and the trace to a route's requests to the API, and to no other requests, and trusts the
 * API's certificate as configured.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
@ConditionalOnRole({Role.SENTINEL, Role.ADAPTERS})
class ApiClientConfiguration {

  @Bean
  ApiTrust apiTrust(ApiProperties properties, SslBundles bundles) {
    return new ApiTrust(properties, bundles);
  }

  @Bean
  ComponentCustomizer requestsOfRoutes(ApiProperties properties, ApiTrust trust, Tracing tracing) {
    var api = URI.create(properties.baseUrl());
    var traced = new TracedRequests(tracing, api.getAuthority());
    var deadline = new RequestDeadline(properties.requestTimeout());
    return ComponentCustomizer.builder(HttpComponent.class).build(http -> {
      http.setSslContextParameters(trust.parameters());
      HttpClientConfigurer configurer = client -> client.addExecInterceptorFirst("deadline", deadline)
          .addExecInterceptorFirst("tracing", traced);
      if (properties.tokenFile() != null && !properties.tokenFile().isBlank()) {
        configurer = CompositeHttpConfigurer.combineConfigurers(configurer,
            sending(new ApiToken(Path.of(properties.tokenFile())), api));
      }
      http.setHttpClientConfigurer(configurer);
    });
  }

  private static HttpClientConfigurer sending(ApiToken token, URI api) {
    return client -> client.addRequestInterceptorFirst((request, entity, context) -> {
      if (api.getAuthority().equals(String.valueOf(request.getAuthority()))) {
        request.setHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token.current());
      }
    });
  }
}
