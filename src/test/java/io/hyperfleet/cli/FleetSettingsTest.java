package io.hyperfleet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetSettingsTest {

  @TempDir
  private Path directory;

  private Path config(String text) throws IOException {
    return write("config.yaml", text, "rw-------");
  }

  private Path write(String name, String text, String permissions) throws IOException {
    var file = directory.resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverTheFile() throws IOException {
    var file = config("server: https://file.example.com\ntoken: of-file\n");
    var environment = Map.of("HYPERFLEET_SERVER", "https://variable.example.com", "HYPERFLEET_TOKEN", "of-variable");

    var none = FleetSettings.of(Map.of(), null, Map.of());
    var ofFile = FleetSettings.of(Map.of(), file, Map.of());
    var ofEnvironment = FleetSettings.of(Map.of(), file, environment);
    var ofFlags = FleetSettings.of(Map.of("server", "https://flag.example.com/api/hyperfleet/v1/", "token-file",
        write("token", "of-flag\n", "rw-r--r--").toString()), file, environment);

    assertThat(none.server()).hasToString("http://localhost:8000/api/hyperfleet/v1");
    assertThat(none.token()).isNull();
    assertThat(ofFile.server()).hasHost("file.example.com");
    assertThat(ofFile.token()).isEqualTo("of-file");
    assertThat(ofEnvironment.server()).hasHost("variable.example.com");
    assertThat(ofEnvironment.token()).isEqualTo("of-variable");
    assertThat(ofFlags.server()).hasToString("https://flag.example.com/api/hyperfleet/v1");
    assertThat(ofFlags.token()).isEqualTo("of-flag");
    assertThat(ofFlags.toString()).doesNotContain("of-flag");
  }

  @Test
  void findsItsFileWhereUsersKeepThem() throws IOException {
    Files.createDirectories(directory.resolve(".config/hyperfleet"));
    write(".config/hyperfleet/config.yaml", "server: https://home.example.com", "rw-------");
    Files.createDirectories(directory.resolve("xdg/hyperfleet"));
    write("xdg/hyperfleet/config.yaml", "server: https://xdg.example.com", "rw-------");
    var home = directory.toString();

    assertThat(FleetSettings.of(Map.of(), null, Map.of("HOME", home)).server()).hasHost("home.example.com");
    assertThat(FleetSettings.of(Map.of(), null, Map.of("HOME", home, "XDG_CONFIG_HOME", home + "/xdg")).server())
        .hasHost("xdg.example.com");
    assertThat(FleetSettings.of(Map.of(), null, Map.of("HOME", home, "HYPERFLEET_CONFIG",
        config("server: https://variable.example.com").toString())).server()).hasHost("variable.example.com");
    assertThat(FleetSettings.of(Map.of(), null, Map.of("HOME", home + "/nobody")).server()).hasHost("localhost");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "sever: x | line 1: unknown key 'sever'; allowed: server, token, token-file, ca-file",
      "server: ftp://x | line 1: server: 'ftp://x' is not the URL of an API",
      "server: 'http://a b' | line 1: server: 'http://a b' is not a URL",
      "server: https://user:pw@x | is not the URL of an API",
      "'token: a\nserver: [x]' | line 2: server: must be text",
      "'token: a\ntoken: b' | duplicate key",
      "'token: a\ntoken-file: b' | set the token or the token file",
      "token: | line 1: token: must be text",
      "token: a b | token: not a bearer token",
      "token-file: /nowhere | /nowhere cannot be read",
      "'server: {' | not valid YAML",
      "- server | must be a map of keys and values",
      "server | must be a map of keys and values",
      "'? [a]\n: b' | unknown key ''"})
  void saysFileLineAndKeyOfWhatIsWrong(String text, String message) throws IOException {
    var file = config(text.replace("\\n", "\n"));
    var wrong = catchThrowableOfType(FleetException.class, () -> FleetSettings.of(Map.of(), file, Map.of()));
    assertThat(wrong.exit()).isEqualTo(Exit.WRONG);
    assertThat(wrong).hasMessageContaining(message).hasMessageContaining("config.yaml");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw--w----", "rwxrwxrwx", "rw-----w-", "rw------x"})
  void takesNoFileThatOthersMayReadOrChange(String permissions) throws IOException {
    var file = write("config.yaml", "token: secret-of-mine", permissions);
    var wrong = catchThrowableOfType(FleetException.class, () -> FleetSettings.of(Map.of(), file, Map.of()));
    assertThat(wrong.exit()).isEqualTo(Exit.WRONG);
    assertThat(wrong).hasMessageContaining(permissions).hasMessageContaining("chmod 600 " + file)
        .hasMessageNotContaining("secret-of-mine");
  }

  @Test
  void aNamedFileMustBeThere() {
    var wrong = catchThrowableOfType(FleetException.class,
        () -> FleetSettings.of(Map.of(), directory.resolve("none.yaml"), Map.of()));
    assertThat(wrong).hasMessageContaining("none.yaml: file does not exist");
  }

  /** Whatever it holds: settings, or a sentence that begins with the file. */
  @Test
  void everyFileIsReadOrRefused() throws IOException {
    var random = new Random(21);
    var keys = new String[]{"server", "token", "token-file", "ca-file", "Server", "x", "&a", "*a", "<<",
        "!!java.net.URL"};
    for (int i = 0; i < 2000; i++) {
      var text = new StringBuilder();
      for (int line = random.nextInt(4); line >= 0; line--) {
        text.append(keys[random.nextInt(keys.length)]).append(random.nextBoolean() ? ": " : ":")
            .append(HostileText.of(random)).append('\n');
      }
      var file = config(text.toString().replaceAll("[\ud800-\udfff]", ""));
      try {
        assertThat(FleetSettings.of(Map.of(), file, Map.of()).server()).isNotNull();
      } catch (FleetException e) {
        assertThat(e.exit()).as(text.toString()).isEqualTo(Exit.WRONG);
        assertThat(e).hasMessageContaining("config.yaml");
      }
    }
  }
}
