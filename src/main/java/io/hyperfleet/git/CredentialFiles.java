package io.hyperfleet.git;

import io.hyperfleet.git.GitException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Credentials for a remote, in files of one directory with the names of Kubernetes Secrets: {@code ssh-privatekey} (and
 * {@code ssh-password}), {@code known_hosts}, {@code token}, {@code username} and {@code password}, {@code ca.crt}.
 * They are read for each connection. Messages contain only their names.
 *
 * @param directory where they are; {@code null} when there are none
 */
record CredentialFiles(Path directory) {

  private static final int LARGEST = 1 << 20;

  boolean has(String name) {
    return directory != null && Files.exists(directory.resolve(name));
  }

  /** The content of a file that has to be there. */
  byte[] bytes(String name) throws GitException {
    if (directory == null) {
      throw new GitException(Reason.SECRET_NOT_FOUND, "there is no " + name + ": the repository has no credentials",
          null);
    }
    var file = directory.resolve(name);
    try {
      if (Files.size(file) > LARGEST) {
        throw malformed(name, "is larger than " + LARGEST + " bytes", null);
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new GitException(Reason.SECRET_NOT_FOUND, "file not found: " + file, null);
    } catch (IOException e) {
      throw malformed(name, "cannot be read", null);
    }
  }

  /** A file that holds one word, with or without a line break at its end. */
  String word(String name) throws GitException {
    var text = new String(bytes(name), StandardCharsets.UTF_8).strip();
    if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
      throw malformed(name, "must contain a single line of text", null);
    }
    return text;
  }

  GitException malformed(String name, String what, Exception cause) {
    return new GitException(Reason.SECRET_MALFORMED, directory.resolve(name) + " " + what, cause);
  }
}
