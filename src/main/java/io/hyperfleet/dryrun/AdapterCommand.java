package io.hyperfleet.dryrun;

import picocli.CommandLine.Command;

/** What an operator asks about adapters. */
@Command(name = "adapter", mixinStandardHelpOptions = true, description = "What to know about adapters before they run.", subcommands = LintCommand.class)
final class AdapterCommand {}
