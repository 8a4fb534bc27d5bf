package io.hyperfleet.cli;

import picocli.CommandLine.Command;

/** Resumes a paused resource. */
@Command(name = "resume", sortOptions = false, description = "Resume a paused resource immediately.")
public final class ResumeCommand extends Pausing {

  public ResumeCommand() {
    super(false);
  }
}
