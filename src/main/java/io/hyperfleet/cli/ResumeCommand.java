package io.hyperfleet.cli;

import picocli.CommandLine.Command;

/** Has adapters go on with a resource that was paused. */
@Command(name = "resume", sortOptions = false, description = "Have adapters go on with a paused resource, at once.")
public final class ResumeCommand extends Pausing {

  public ResumeCommand() {
    super(false);
  }
}
