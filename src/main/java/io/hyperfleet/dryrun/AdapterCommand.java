package io.hyperfleet.dryrun;

import io.hyperfleet.cli.RolloutCommands;
import picocli.CommandLine.Command;

/** Commands for adapter folders; {@code try} and {@code test} are added to it. */
@Command(name = "adapter", mixinStandardHelpOptions = true, description = "Create, try, test and check "
    + "adapters, and roll them out.", subcommands = {
        NewAdapterCommand.class, ImportCommand.class, LintCommand.class, PlanCommand.class, RolloutCommands.Show.class,
        RolloutCommands.Halt.class, RolloutCommands.Resume.class, RolloutCommands.Rollback.class})
final class AdapterCommand {}
