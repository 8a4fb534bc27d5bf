package io.hyperfleet.faults.stage;

import io.hyperfleet.local.LocalFleet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A class of tests with a whole fleet in this process behind proxies, whose history is judged. It takes minutes. */
@Tag("faults")
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
public abstract class StageIT {

  public Stage stage;
  public LocalFleet fleet;

  @BeforeAll
  void start() throws Exception {
    stage = new Stage();
    fleet = stage.local();
  }

  @AfterAll
  void stop() throws Exception {
    stage.close();
  }
}
