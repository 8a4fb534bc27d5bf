package io.hyperfleet.route;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What routes of every role refer to. */
@Configuration(proxyBeanMethods = false)
class RouteConfigurationBeans {

  /** Reads JSON for CEL, which compares integers as longs. Not the application's own mapper. */
  @Bean(defaultCandidate = false)
  ObjectMapper longIntegers() {
    return new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);
  }

  @Bean
  PollFailures pollFailures(MeterRegistry meters) {
    return new PollFailures(meters, Clock.systemUTC());
  }

  @Bean
  PollWhileRunning pollWhileRunning() {
    return new PollWhileRunning();
  }
}
