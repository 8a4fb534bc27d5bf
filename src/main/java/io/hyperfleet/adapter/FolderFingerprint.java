package io.hyperfleet.adapter;

import io.hyperfleet.id.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A digest of adapters' folders: names and contents, not times, which a mounted ConfigMap does not keep. */
final class FolderFingerprint {

  private static final int DEPTH = 4;
  private static final int FILES = 1_000;

  private final MessageDigest digest = Sha256.start();

  /** Adds a folder; what cannot be read counts as empty. */
  void add(Path folder) {
    for (Path file : files(folder)) {
      digest.update(folder.getParent().relativize(file).toString().getBytes(StandardCharsets.UTF_8));
      try (InputStream in = Files.newInputStream(file)) {
        digest.update(in.readNBytes(YamlDocument.MAX_BYTES + 1));
      } catch (IOException e) {
        digest.update((byte) 0);
      }
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> found = Files.find(folder, DEPTH, (path, attributes) -> Files.isRegularFile(path)
        && !folder.relativize(path).getName(0).toString().startsWith("."))) {
      return found.sorted().limit(FILES).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  String text() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
