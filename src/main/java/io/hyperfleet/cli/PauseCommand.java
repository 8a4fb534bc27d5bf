package io.hyperfleet.cli;

import picocli.CommandLine.Command;

/** Has adapters leave a resource alone. */
@Command(name = "pause", sortOptions = false, description = "Have adapters leave a resource alone until it is resumed: no events, no actions; its deletion waits too.")
public final class PauseCommand extends Pausing {

  public PauseCommand() {
    super(true);
  }
}
