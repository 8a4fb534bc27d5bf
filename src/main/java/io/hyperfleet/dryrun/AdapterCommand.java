package io.hyperfleet.dryrun;

import picocli.CommandLine.Command;

/** What authors and operators of adapters do with their folders; {@code try} and {@code test} are added to it. */
@Command(name = "adapter", mixinStandardHelpOptions = true, description = "Write adapters, and know about them before they run.", subcommands = {
    NewAdapterCommand.class, ImportCommand.class, LintCommand.class, PlanCommand.class})
final class AdapterCommand {}
