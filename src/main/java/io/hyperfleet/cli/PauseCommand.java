package io.hyperfleet.cli;

import picocli.CommandLine.Command;

/** Pauses a resource. */
@Command(name = "pause", sortOptions = false, description = "Pause a resource until it is resumed: no events and no "
    + "actions of adapters; deletion waits, too.")
public final class PauseCommand extends Pausing {

  public PauseCommand() {
    super(true);
  }
}
