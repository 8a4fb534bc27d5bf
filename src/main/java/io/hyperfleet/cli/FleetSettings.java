package io.hyperfleet.cli;

import io.hyperfleet.log.FailureMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Address and credentials for the fleet: server, token and certificates each from a flag, the environment or the
 * configuration file, in this order. A token and a token file are the same setting.
 *
 * @param server URL of the API, with its base path
 * @param token bearer token, or null for none
 * @param tokenSource source of the token, for messages
 * @param caFile file with the CA certificates to trust (PEM); null for the JVM's own
 */
record FleetSettings(URI server, String token, String tokenSource, Path caFile) {

  static final String SERVER = "server";
  static final String TOKEN = "token";
  static final String TOKEN_FILE = "token-file";
  static final String CA_FILE = "ca-file";

  private static final String BASE_PATH = "/api/hyperfleet/v1";
  private static final Value LOCAL = new Value("http://localhost:8000", "the default");
  private static final Pattern TOKENS = Pattern.compile("[\\x21-\\x7e]+");

  /**
   * A value and its source.
   *
   * @param source such as {@code --server} or {@code config.yaml, line 1: server}
   */
  record Value(String text, String source) {}

  /**
   * The settings of a command.
   *
   * @param flags values of flags by their names without hyphens; only those that were given
   * @param config the configuration file that a flag names, or null
   * @throws FleetException when one of them is invalid; the message names it and its source
   */
  static FleetSettings of(Map<String, String> flags, Path config, Map<String, String> environment) {
    List<Map<String, Value>> levels = new ArrayList<>();
    levels.add(values(flags, "--"));
    levels.add(variables(environment));
    levels.add(ConfigFile.read(config, environment));
    var tokens = levels.stream().filter(level -> level.containsKey(TOKEN) || level.containsKey(TOKEN_FILE)).findFirst()
        .orElse(Map.of());
    if (tokens.size() > 1 && tokens.containsKey(TOKEN) && tokens.containsKey(TOKEN_FILE)) {
      throw wrong(tokens.get(TOKEN).source() + " and " + tokens.get(TOKEN_FILE).source()
          + ": set the token or the token file, not both");
    }
    var token = tokens.containsKey(TOKEN_FILE) ? read(tokens.get(TOKEN_FILE)) : tokens.get(TOKEN);
    var ca = first(levels, CA_FILE, null);
    return new FleetSettings(url(first(levels, SERVER, LOCAL)), token == null ? null : checked(token),
        token == null ? null : token.source(), ca == null ? null : path(ca));
  }

  private static Map<String, Value> values(Map<String, String> flags, String prefix) {
    var values = new LinkedHashMap<String, Value>();
    flags.forEach((key, value) -> values.put(key, new Value(value, prefix + key)));
    return values;
  }

  private static Map<String, Value> variables(Map<String, String> environment) {
    var values = new LinkedHashMap<String, Value>();
    for (String key : ConfigFile.KEYS) {
      var name = "HYPERFLEET_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
      var value = environment.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        values.put(key, new Value(value, name));
      }
    }
    return values;
  }

  private static Value first(List<Map<String, Value>> levels, String key, Value otherwise) {
    return levels.stream().filter(level -> level.containsKey(key)).findFirst().map(level -> level.get(key))
        .orElse(otherwise);
  }

  private static URI url(Value server) {
    URI url;
    try {
      url = URI.create(server.text());
    } catch (IllegalArgumentException e) {
      throw wrong(
          server.source() + ": '" + server.text() + "' is not a URL; must be one such as " + LOCAL.text());
    }
    if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null
        || url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
      throw wrong(server.source() + ": '" + server.text()
          + "' is not the URL of an API; must have http or https, a host and optionally a port, such as "
          + LOCAL.text());
    }
    var text = server.text().replaceFirst("/+$", "");
    return URI.create(text.endsWith(BASE_PATH) ? text : text + BASE_PATH);
  }

  private static Value read(Value file) {
    try {
      return new Value(Files.readString(path(file)).strip(), file.source() + " (" + file.text() + ")");
    } catch (IOException e) {
      throw new FleetException(Exit.WRONG,
          file.source() + ": " + file.text() + " cannot be read; must be a file with a bearer token", e);
    }
  }

  private static String checked(Value token) {
    if (!TOKENS.matcher(token.text()).matches()) {
      throw wrong(token.source() + ": not a bearer token; must be one line of visible ASCII characters");
    }
    return token.text();
  }

  private static Path path(Value value) {
    try {
      return Path.of(value.text());
    } catch (InvalidPathException e) {
      throw new FleetException(Exit.WRONG, value.source() + ": not a file path: " + FailureMessage.of(e), e);
    }
  }

  private static FleetException wrong(String message) {
    return new FleetException(Exit.WRONG, message);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "FleetSettings[server=" + server + "]";
  }
}
