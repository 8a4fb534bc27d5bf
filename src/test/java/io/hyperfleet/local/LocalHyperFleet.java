package io.hyperfleet.local;

import io.hyperfleet.HyperFleetApplication;
import org.springframework.boot.SpringApplication;

/** HyperFleet with everything it needs in one process, on a machine that has a JDK and nothing else. */
public final class LocalHyperFleet {

  private LocalHyperFleet() {}

  public static void main(String[] args) {
    var application = new SpringApplication(HyperFleetApplication.class);
    application.setAdditionalProfiles("local");
    application.addInitializers(new LocalServices());
    application.addListeners(new Welcome());
    try {
      application.run(args);
    } catch (LocalServiceException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
