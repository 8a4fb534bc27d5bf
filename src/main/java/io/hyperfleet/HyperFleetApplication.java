package io.hyperfleet;

import io.hyperfleet.database.MigrateCommand;
import io.hyperfleet.dryrun.AdapterCommands;
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
    } else if (AdapterCommands.named(args)) {
      System.exit(AdapterCommands.main(args));
    } else {
      SpringApplication.run(HyperFleetApplication.class, args);
    }
  }
}
