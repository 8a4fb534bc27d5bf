package io.hyperfleet.trace;

import io.hyperfleet.role.Release;
import io.hyperfleet.role.ServiceName;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/**
 * OpenTelemetry's SDK as its specification configures it, in place of Spring Boot's own set of keys: exporter,
 * protocol, sampler and propagators are what the variables OTEL_* say, or properties of the same names
 * ({@code otel.exporter.otlp.endpoint}).
 */
@Configuration(proxyBeanMethods = false)
class TracingConfiguration {

  @Bean
  Tracing tracing(ObjectProvider<OpenTelemetry> telemetry) {
    var found = telemetry.getIfAvailable();
    return found == null ? Tracing.off() : new Tracing(found);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("hyperfleet.tracing.enabled")
  static class Enabled {

    @Bean(destroyMethod = "close")
    OpenTelemetrySdk openTelemetry(Environment environment) {
      return AutoConfiguredOpenTelemetrySdk.builder()
          .disableShutdownHook()
          .addPropertiesSupplier(() -> properties(environment))
          .addResourceCustomizer((resource, config) -> resource.merge(
              Resource.create(Attributes.of(AttributeKey.stringKey("service.version"), Release.version()))))
          .build().getOpenTelemetrySdk();
    }

    /** Closed with the SDK. */
    @Bean(destroyMethod = "")
    SdkTracerProvider sdkTracerProvider(OpenTelemetrySdk telemetry) {
      return telemetry.getSdkTracerProvider();
    }

    @Bean
    ContextPropagators contextPropagators(OpenTelemetrySdk telemetry) {
      return telemetry.getPropagators();
    }

    /** The names of trace and span in logs. */
    @Bean
    Slf4JEventListener traceInLogs() {
      return new Slf4JEventListener("trace_id", "span_id");
    }

    /** {@code POST /clusters/{id}} instead of {@code http post /clusters/{id}}. */
    @Bean
    DefaultServerRequestObservationConvention requestSpans() {
      return new DefaultServerRequestObservationConvention() {
        @Override
        public String getContextualName(ServerRequestObservationContext context) {
          var method = context.getCarrier().getMethod();
          return context.getPathPattern() == null ? method : method + " " + context.getPathPattern();
        }
      };
    }

    /** Probes and scrapes are no traces. */
    @Bean
    ObservationPredicate onlyTheApi() {
      return (name, context) -> !(context instanceof ServerRequestObservationContext request)
          || request.getCarrier().getRequestURI().startsWith("/api/");
    }

    private static Map<String, String> properties(Environment environment) {
      var properties = new HashMap<String, String>();
      properties.put("otel.service.name", ServiceName.of(environment));
      properties.put("otel.metrics.exporter", "none");
      properties.put("otel.logs.exporter", "none");
      Binder.get(environment).bind("otel", Bindable.mapOf(String.class, String.class))
          .ifBound(set -> set.forEach((key, value) -> properties.put("otel." + key, value)));
      return properties;
    }
  }
}
