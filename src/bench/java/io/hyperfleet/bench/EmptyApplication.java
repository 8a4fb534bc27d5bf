package io.hyperfleet.bench;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Spring Boot and Camel with one route that does nothing. Not a configuration that the product's scan of its packages
 * would find.
 */
@EnableAutoConfiguration
public class EmptyApplication {

  public static void main(String[] args) {
    SpringApplication.run(EmptyApplication.class, args);
  }

  @Bean
  RouteBuilder route() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("timer:tick").log("tick");
      }
    };
  }
}
