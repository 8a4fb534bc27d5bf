package io.hyperfleet;

import io.hyperfleet.database.MigrateCommand;
import io.hyperfleet.dryrun.HyperFleetCommands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** HyperFleet: one application whose roles ({@code hyperfleet.roles}) say what a process does. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HyperFleetApplication {

  /** Starts the application, or runs one of its commands and ends. */
  public static void main(String[] args) {
    if (MigrateCommand.named(args)) {
      MigrateCommand.main(args);
    } else if (HyperFleetCommands.named(args)) {
      System.exit(HyperFleetCommands.main(args));
    } else {
      SpringApplication.run(HyperFleetApplication.class, args);
    }
  }
}
