package io.hyperfleet;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class HyperFleetApplication {

  public static void main(String[] args) {
    SpringApplication.run(HyperFleetApplication.class, args);
  }
}
