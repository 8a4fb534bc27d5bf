package io.hyperfleet.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** The bearer token in a file, which is replaced before the token expires. */
final class ApiToken {

  private record Read(FileTime modified, long size, String token) {}

  private final Path file;
  private volatile Read last;

  ApiToken(Path file) {
    this.file = file;
  }

  /**
   * The current token in the file.
   *
   * @throws IOException when it cannot be read or is empty; the message names the file only
   */
  String current() throws IOException {
    var modified = Files.getLastModifiedTime(file);
    long size = Files.size(file);
    var read = last;
    if (read == null || !read.modified.equals(modified) || read.size != size) {
      read = new Read(modified, size, Files.readString(file).strip());
      last = read;
    }
    if (read.token.isEmpty() || read.token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IOException("no bearer token in " + file);
    }
    return read.token;
  }
}
