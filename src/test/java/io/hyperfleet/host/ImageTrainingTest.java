package io.hyperfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The training start of the image, over a stand-in for java that starts, and at its end writes what it is asked. */
class ImageTrainingTest {

  private static final String JAVA = """
      #!/bin/sh
      if [ "$1" = -XshowSettings:properties ]; then
        echo "    java.specification.version = $(cat "$HERE/version")" >&2
        exit
      fi
      echo "$*" >"$HERE/asked"
      env >"$HERE/environment"
      [ -f "$HERE/broken" ] && { echo 'spring.datasource.url is not set'; exit 1; }
      [ -f "$HERE/unable" ] || trap 'echo archive >"${1#*=}"; exit 143' TERM
      echo 'INFO Started HyperFleetApplication in 12 seconds'
      mkfifo "$HERE/never"
      while :; do read -r line <>"$HERE/never"; done
      """;

  @TempDir
  private Path directory;

  private int train() throws IOException, InterruptedException {
    var java = directory.resolve("bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, JAVA);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    var builder = new ProcessBuilder("sh", Path.of("src/main/image/train.sh").toAbsolutePath().toString())
        .directory(directory.toFile()).redirectErrorStream(true).redirectOutput(directory.resolve("said").toFile());
    builder.environment().put("HERE", directory.toString());
    builder.environment().put("KUBECONFIG", "/somebody's");
    builder.environment().merge("PATH", java.getParent().toString(), (path, mine) -> mine + ":" + path);
    var process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  @ParameterizedTest
  @CsvSource({"25, start.aot, AOTCacheOutput, AOTCache", "31, start.aot, AOTCacheOutput, AOTCache",
      "24, start.jsa, ArchiveClassesAtExit, SharedArchiveFile",
      "17, start.jsa, ArchiveClassesAtExit, SharedArchiveFile"})
  void theImageStartsFromWhatOneStartLoaded(String version, String file, String write, String read) throws Exception {
    Files.writeString(directory.resolve("version"), version);

    assertThat(train()).isZero();

    assertThat(directory.resolve("said")).isEmptyFile();
    assertThat(directory.resolve("asked")).hasContent("-XX:" + write + "=" + file + " -jar hyperfleet.jar\n");
    assertThat(directory.resolve("java.options")).hasContent("-XX:" + read + "=" + file + "\n");
    assertThat(directory.resolve(file)).exists();
    assertThat(Files.readAllLines(directory.resolve("environment"))).contains("SPRING_FLYWAY_ENABLED=false")
        .noneMatch(line -> line.startsWith("KUBECONFIG="));
  }

  @Test
  void aJavaThatWritesNothingIsGivenNothing() throws Exception {
    Files.writeString(directory.resolve("version"), "25");
    Files.createFile(directory.resolve("unable"));

    assertThat(train()).isZero();

    assertThat(directory.resolve("java.options")).isEmptyFile();
  }

  @Test
  void aStartThatFailsFailsTheBuildAndSaysWhy() throws Exception {
    Files.writeString(directory.resolve("version"), "25");
    Files.createFile(directory.resolve("broken"));

    assertThat(train()).isEqualTo(1);

    assertThat(directory.resolve("said")).content().contains("spring.datasource.url is not set");
    assertThat(directory.resolve("java.options")).doesNotExist();
  }
}
