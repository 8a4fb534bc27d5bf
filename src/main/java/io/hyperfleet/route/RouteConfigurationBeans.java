package io.hyperfleet.route;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the shared route configurations call. */
@Configuration(proxyBeanMethods = false)
class RouteConfigurationBeans {

  @Bean
  PollFailures pollFailures(MeterRegistry meters) {
    return new PollFailures(meters, Clock.systemUTC());
  }
}
