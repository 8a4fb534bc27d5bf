package io.hyperfleet.api;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.RunningComponent;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.status.ProgressProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/** What the API needs of Spring MVC and Jackson. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(ProgressProperties.class)
class ApiConfiguration {

  /** Users' numbers keep every digit; earlier releases stored longer ones than are accepted now. */
  @Bean
  Jackson2ObjectMapperBuilderCustomizer exactNumbers() {
    return builder -> builder
        .featuresToEnable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .postConfigurer(mapper -> {
          mapper.setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
          mapper.getFactory().setStreamReadConstraints(WholeNumbers.LONG_NUMBERS);
        });
  }

  @Bean
  FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
    var registration = new FilterRegistrationBean<>(new RequestIdFilter());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  FilterRegistrationBean<RequestMetricsFilter> requestMetricsFilter(MeterRegistry meters) {
    var registration = new FilterRegistrationBean<>(new RequestMetricsFilter(meters));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return registration;
  }

  @Bean
  RunningComponent runningApi() {
    return new RunningComponent(Metric.API_BUILD_INFO, null, () -> List.of("api"));
  }

  /** {@code /clusters/} is {@code /clusters}. */
  @Bean
  FilterRegistrationBean<UrlHandlerFilter> trailingSlashFilter() {
    var registration = new FilterRegistrationBean<>(
        UrlHandlerFilter.trailingSlashHandler("/api/**").wrapRequest().build());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> valves(ObjectMapper json) {
    return server -> {
      server.addEngineValves(new AnyEncodingValve());
      server.addContextCustomizers(
          context -> ((StandardHost) context.getParent()).getPipeline().addValve(new ProblemValve(json)));
    };
  }
}
