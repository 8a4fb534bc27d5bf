package io.hyperfleet.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.DigestUtils;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL's programs for this machine, from the class path; unpacked once, among the temporary files. */
final class PostgresBinaries {

  private PostgresBinaries() {}

  /**
   * The directory that {@code bin} is in.
   *
   * @throws IllegalStateException when there are none for this machine, or somebody else has taken their place
   */
  static Path directory() throws IOException {
    var resource = resource();
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new IllegalStateException("there are no programs for this machine (" + resource + ")");
      }
      var user = System.getProperty("user.name");
      var temporary = Path.of(System.getProperty("java.io.tmpdir"));
      var place = temporary.resolve("hyperfleet-postgres-" + user + "-" + DigestUtils.md5DigestAsHex(in));
      if (!Files.exists(place)) {
        unpack(resource, temporary, place);
      }
      if (!Files.getOwner(place).getName().equals(user)) {
        throw new IllegalStateException(place + " belongs to somebody else");
      }
      return place;
    }
  }

  private static String resource() {
    var system = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    var machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    var alpine = Files.exists(Path.of("/etc/alpine-release")) ? "-alpine_linux" : "";
    return "postgres-" + system + "-" + machine + alpine + ".txz";
  }

  /** Beside its place first, so that another process never sees half of it. */
  private static void unpack(String resource, Path temporary, Path place) throws IOException {
    var unpacked = Files.createTempDirectory(temporary, "hyperfleet-postgres-");
    try (var archive = new TarArchiveInputStream(
        new XZCompressorInputStream(PostgresBinaries.class.getResourceAsStream("/" + resource)))) {
      for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        var file = unpacked.resolve(entry.getName()).normalize();
        Files.createDirectories(entry.isDirectory() ? file : file.getParent());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else if (!entry.isDirectory()) {
          Files.copy(archive, file);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
    Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
    try {
      Files.move(unpacked, place);
    } catch (FileAlreadyExistsException e) {
      FileSystemUtils.deleteRecursively(unpacked);
    }
  }
}
