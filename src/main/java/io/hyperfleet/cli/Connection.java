package io.hyperfleet.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of every command on a fleet. */
public final class Connection {

  @Option(names = "--server", paramLabel = "<URL>", description = "URL of the API. Default: $HYPERFLEET_SERVER, then "
      + "'server' in the configuration file, then http://localhost:8000.")
  private String server;

  @Option(names = "--token-file", paramLabel = "<file>", description = "File with the bearer token. Default: "
      + "$HYPERFLEET_TOKEN or $HYPERFLEET_TOKEN_FILE, then 'token' or 'token-file' in the configuration file.")
  private String tokenFile;

  @Option(names = "--ca-file", paramLabel = "<file>", description = "CA certificates to trust (PEM). Default: "
      + "$HYPERFLEET_CA_FILE, then 'ca-file' in the configuration file.")
  private String caFile;

  @Option(names = "--config", paramLabel = "<file>", description = "Configuration file. Default: $HYPERFLEET_CONFIG, "
      + "then ~/.config/hyperfleet/config.yaml.")
  private Path config;

  /**
   * The client for the fleet.
   *
   * @throws FleetException when one of them cannot be used
   */
  public ApiClient api() {
    return api(server);
  }

  /**
   * The same for a server from another option.
   *
   * @param server null where that option is absent
   */
  public ApiClient orServer(String server) {
    if (server != null && this.server != null) {
      throw new FleetException(Exit.WRONG, "--server and --api are aliases; set only one of them");
    }
    return api(server == null ? this.server : server);
  }

  private ApiClient api(String server) {
    Map<String, String> flags = new LinkedHashMap<>();
    put(flags, FleetSettings.SERVER, server);
    put(flags, FleetSettings.TOKEN_FILE, tokenFile);
    put(flags, FleetSettings.CA_FILE, caFile);
    return new ApiClient(FleetSettings.of(flags, config, System.getenv()));
  }

  private static void put(Map<String, String> flags, String key, String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }
}
