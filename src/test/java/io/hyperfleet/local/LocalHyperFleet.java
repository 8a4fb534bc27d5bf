package io.hyperfleet.local;

import io.hyperfleet.HyperFleetApplication;
import java.util.Map;
import org.springframework.boot.SpringApplication;

/** HyperFleet with everything it needs in one process, on a machine that has a JDK and nothing else. */
public final class LocalHyperFleet {

  private LocalHyperFleet() {}

  public static void main(String[] args) {
    var application = new SpringApplication(HyperFleetApplication.class);
    application.setAdditionalProfiles("local");
    application.setDefaultProperties(Map.of("hyperfleet.roles", "api,outbox,sentinel,adapters,console"));
    application.addInitializers(new LocalServices());
    application.addListeners(new Welcome());
    application.run(args);
  }
}
