package io.hyperfleet.local.pubsub.contract;

import static org.awaitility.Awaitility.await;

import io.hyperfleet.local.LocalFleet;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Google's Pub/Sub emulator: the one that {@code PUBSUB_EMULATOR_HOST} names, or one that is started from the Google
 * Cloud SDK on this machine and ended with {@link #close}.
 */
public final class GoogleEmulator implements AutoCloseable {

  /** What is said where there is none. */
  public static final String NOT_FOUND = "Google's Pub/Sub emulator is not here: PUBSUB_EMULATOR_HOST is not set, and no "
      + "Google Cloud SDK with the component pubsub-emulator was found (CLOUDSDK_ROOT, gcloud on the PATH)";

  private static final Path WELL_KNOWN_SDK = Path.of("/usr/lib/google-cloud-sdk");

  private final String endpoint;
  private final Process process;

  private GoogleEmulator(String endpoint, Process process) {
    this.endpoint = endpoint;
    this.process = process;
  }

  /** The emulator, ready to be used; empty where there is none. */
  public static Optional<GoogleEmulator> find() throws IOException {
    var running = System.getenv("PUBSUB_EMULATOR_HOST");
    if (running != null && !running.isBlank()) {
      return Optional.of(new GoogleEmulator(running, null));
    }
    var jar = sdks().flatMap(GoogleEmulator::jars).findFirst();
    return jar.isPresent() ? Optional.of(start(jar.get())) : Optional.empty();
  }

  /** Its host and port. */
  public String endpoint() {
    return endpoint;
  }

  /** Ends the emulator if it was started here. */
  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static GoogleEmulator start(Path jar) throws IOException {
    int port = LocalFleet.freePort();
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process = new ProcessBuilder(java, "-jar", jar.toString(), "--host=localhost", "--port=" + port)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
    await().atMost(Duration.ofMinutes(2)).until(() -> answers(port));
    return new GoogleEmulator("localhost:" + port, process);
  }

  private static Stream<Path> sdks() {
    var root = Stream.ofNullable(System.getenv("CLOUDSDK_ROOT")).map(Path::of);
    var fromPath = Stream.of(Objects.requireNonNullElse(System.getenv("PATH"), "").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "gcloud"))
        .filter(Files::isExecutable)
        .flatMap(GoogleEmulator::sdkOf);
    return Stream.of(root, fromPath, Stream.of(WELL_KNOWN_SDK)).flatMap(paths -> paths);
  }

  private static Stream<Path> sdkOf(Path gcloud) {
    try {
      return Stream.of(gcloud.toRealPath().getParent().getParent());
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static Stream<Path> jars(Path sdk) {
    var lib = sdk.resolve("platform/pubsub-emulator/lib");
    if (!Files.isDirectory(lib)) {
      return Stream.empty();
    }
    try (var files = Files.newDirectoryStream(lib, "cloud-pubsub-emulator-*-all.jar")) {
      var found = files.iterator();
      return found.hasNext() ? Stream.of(found.next()) : Stream.empty();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static boolean answers(int port) {
    try (var socket = new Socket("localhost", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
