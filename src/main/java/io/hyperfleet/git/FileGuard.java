package io.hyperfleet.git;

import java.util.Optional;

/** Decides whether a change may replace or delete the existing file at its path. */
public interface FileGuard {

  /**
   * What speaks against it. Asked for files that the change makes different, and not for new ones.
   *
   * @param there the file's content; {@code null} when it has more than {@link #LARGEST} bytes
   * @return words that follow the path in a sentence, such as "holds several documents"; empty when the change may be
   * made
   */
  Optional<String> objection(FileChange change, byte[] there);

  /** Files above this many bytes are not read. */
  int LARGEST = 16 << 20;
}
