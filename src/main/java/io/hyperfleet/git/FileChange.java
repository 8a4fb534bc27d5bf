package io.hyperfleet.git;

/**
 * What a file is to hold.
 *
 * @param path its path in the repository, with slashes
 * @param content its bytes; {@code null} when it is to be absent
 */
public record FileChange(String path, byte[] content) {

  /** Whether the file is to be absent. */
  public boolean isDeletion() {
    return content == null;
  }
}
