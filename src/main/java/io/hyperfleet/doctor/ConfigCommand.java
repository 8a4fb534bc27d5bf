package io.hyperfleet.doctor;

import picocli.CommandLine.Command;

/** Commands about the configuration. */
@Command(name = "config", mixinStandardHelpOptions = true, description = "Check the configuration.", subcommands = DoctorCommand.class)
public final class ConfigCommand {}
