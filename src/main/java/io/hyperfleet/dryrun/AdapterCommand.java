package io.hyperfleet.dryrun;

import picocli.CommandLine.Command;

/** Commands for adapter folders; {@code try} and {@code test} are added to it. */
@Command(name = "adapter", mixinStandardHelpOptions = true, description = "Create, try, test and check "
    + "adapters.", subcommands = {
        NewAdapterCommand.class, ImportCommand.class, LintCommand.class, PlanCommand.class})
final class AdapterCommand {}
