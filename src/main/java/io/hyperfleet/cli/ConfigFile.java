package io.hyperfleet.cli;

import io.hyperfleet.cli.FleetSettings.Value;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The configuration file of a user: {@code hyperfleet/config.yaml} below {@code $XDG_CONFIG_HOME} or {@code ~/.config}.
 * It may contain a token, and decides where the token is sent: no other user may read or write it.
 */
final class ConfigFile {

  static final List<String> KEYS = List.of(FleetSettings.SERVER, FleetSettings.TOKEN, FleetSettings.TOKEN_FILE,
      FleetSettings.CA_FILE);

  private static final String VARIABLE = "HYPERFLEET_CONFIG";
  private static final int LONGEST = 64 << 10;
  private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ,
      PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

  private final Path file;

  private ConfigFile(Path file) {
    this.file = file;
  }

  /**
   * The content of the file; empty if it is not given and does not exist.
   *
   * @param named the file from a flag, or null for that of the environment
   * @throws FleetException when it cannot be used; the message names file, line and key
   */
  static Map<String, Value> read(Path named, Map<String, String> environment) {
    var variable = environment.getOrDefault(VARIABLE, "");
    if (named != null || !variable.isBlank()) {
      return new ConfigFile(named != null ? named : Path.of(variable)).values();
    }
    var usual = usual(environment);
    return usual == null || !Files.exists(usual) ? Map.of() : new ConfigFile(usual).values();
  }

  private static Path usual(Map<String, String> environment) {
    var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    var home = environment.getOrDefault("HOME", "");
    var folder = config.startsWith("/") ? Path.of(config) : home.isEmpty() ? null : Path.of(home, ".config");
    return folder == null ? null : folder.resolve(Path.of("hyperfleet", "config.yaml"));
  }

  private Map<String, Value> values() {
    var text = text();
    Node root;
    try {
      root = KubectlYaml.reader(LONGEST).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      throw wrong(e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1,
          "not valid YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw wrong(0, "not valid YAML: " + e.getMessage(), e);
    }
    if (root == null) {
      return Map.of();
    }
    if (!(root instanceof MappingNode mapping)) {
      throw wrong(line(root), "must be a map of keys and values; allowed: " + String.join(", ", KEYS), null);
    }
    var values = new LinkedHashMap<String, Value>();
    mapping.getValue().forEach(entry -> {
      var key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      int line = line(entry.getKeyNode());
      if (!KEYS.contains(key)) {
        throw wrong(line, "unknown key '" + key + "'; allowed: " + String.join(", ", KEYS), null);
      }
      if (!(entry.getValueNode() instanceof ScalarNode value) || value.getTag().equals(Tag.NULL)
          || value.getValue().isBlank()) {
        throw wrong(line, key + ": must be text", null);
      }
      if (values.put(key, new Value(value.getValue().strip(), file + ", line " + line + ": " + key)) != null) {
        throw wrong(line, "duplicate key '" + key + "'", null);
      }
    });
    return values;
  }

  private String text() {
    try {
      checkPermissions();
      if (Files.size(file) > LONGEST) {
        throw wrong(0, "larger than " + LONGEST / 1024 + " KiB; allowed keys: " + String.join(", ", KEYS), null);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong(0, "file does not exist or cannot be read", e);
    }
  }

  /** Without such permissions, as on Windows, the user's profile is protected. */
  private void checkPermissions() throws IOException {
    var attributes = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (attributes != null) {
      var permissions = attributes.readAttributes().permissions();
      if (!OWNERS.containsAll(permissions)) {
        throw wrong(0, "others can read or change this file (" + PosixFilePermissions.toString(permissions)
            + "), which may hold a token; run chmod 600 " + file, null);
      }
    }
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private FleetException wrong(int line, String message, Exception cause) {
    return new FleetException(Exit.WRONG, file + (line > 0 ? ", line " + line : "") + ": " + message, cause);
  }
}
