package io.hyperfleet.doctor;

import picocli.CommandLine.Command;

/** What there is to ask about the configuration. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Ask about the configuration.", subcommands = DoctorCommand.class)
public final class ConfigCommand {}
