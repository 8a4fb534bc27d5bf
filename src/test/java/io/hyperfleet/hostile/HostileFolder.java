package io.hyperfleet.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A folder as a partner may hand it in.
 *
 * @param piece the piece of the grammar that it is made of
 * @param key the key that a refusal has to name; empty where it is the whole file or not known
 * @param files the content by the file's name
 */
record HostileFolder(String piece, String name, Intent intent, String key, Map<String, byte[]> files, Extra extra) {

  /** What has to become of it; harm is never among it. */
  enum Intent {
    /** It works. */
    WORKS,
    /** It is refused: at load with its file and key, or in its reports, where the reason is known only then. */
    REFUSED,
    /** It is refused when it is loaded, with its file and key. */
    REFUSED_AT_LOAD,
    /** Either of them. */
    EITHER,
    /** Either of them, and its own events may be late: it harms nobody but itself. */
    LATE
  }

  /** Something that is no plain file. */
  interface Extra {

    Extra NONE = folder -> {};

    void addTo(Path folder) throws IOException;
  }

  static HostileFolder of(String piece, String name, Intent intent, String key, Map<String, String> files) {
    var bytes = new LinkedHashMap<String, byte[]>();
    files.forEach((file, text) -> bytes.put(file, text.getBytes(StandardCharsets.UTF_8)));
    return new HostileFolder(piece, name, intent, key, bytes, Extra.NONE);
  }

  HostileFolder with(String file, byte[] content) {
    var changed = new LinkedHashMap<>(files);
    changed.put(file, content);
    return new HostileFolder(piece, name, intent, key, changed, extra);
  }

  HostileFolder without(String file) {
    var changed = new LinkedHashMap<>(files);
    changed.remove(file);
    return new HostileFolder(piece, name, intent, key, changed, extra);
  }

  HostileFolder with(Extra extra) {
    return new HostileFolder(piece, name, intent, key, files, extra);
  }

  /** Puts it into a directory at once: whoever reads there never sees half of it. */
  void moveInto(Path location, Path staging) throws IOException {
    var prepared = Files.createDirectories(staging.resolve("next-" + Math.abs(name.hashCode())));
    for (var file : files.entrySet()) {
      Files.write(prepared.resolve(file.getKey()), file.getValue());
    }
    extra.addTo(prepared);
    Files.move(prepared, location.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What a person needs to try it again. */
  String shown() {
    return files.entrySet().stream()
        .map(file -> "# " + name + "/" + file.getKey() + "\n" + new String(file.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("\n"));
  }
}
