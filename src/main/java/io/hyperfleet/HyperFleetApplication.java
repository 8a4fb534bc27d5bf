package io.hyperfleet;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** HyperFleet: one application whose roles ({@code hyperfleet.roles}) say what a process does. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HyperFleetApplication {

  public static void main(String[] args) {
    SpringApplication.run(HyperFleetApplication.class, args);
  }
}
