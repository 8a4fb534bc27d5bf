package io.hyperfleet.route;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.json.WholeNumbers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans for routes of every role. */
@Configuration(proxyBeanMethods = false)
class RouteConfigurationBeans {

  /** Reads JSON for CEL, which compares integers as longs. Not the application's own mapper. */
  @Bean(defaultCandidate = false)
  ObjectMapper longIntegers() {
    return WholeNumbers.mapper();
  }

  @Bean
  PollFailures pollFailures(MeterRegistry meters, ObjectProvider<PollFailures.Listener> listeners) {
    return new PollFailures(meters, Clock.systemUTC(), listeners::orderedStream);
  }

  @Bean
  InstanceStepIds instanceStepIds() {
    return new InstanceStepIds();
  }

  @Bean
  PollWhileRunning pollWhileRunning() {
    return new PollWhileRunning();
  }
}
