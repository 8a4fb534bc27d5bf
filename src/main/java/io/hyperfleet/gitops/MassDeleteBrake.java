package io.hyperfleet.gitops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds a comparison back that would delete so much that a mistake is likelier than the truth, until somebody confirms just
 * these deletions.
 */
final class MassDeleteBrake {

  private static final int ALWAYS_ALLOWED = 10;
  private static final int CODE_DIGITS = 12;

  /**
   * Deletions that wait for a confirmation.
   *
   * @param deletions how many
   * @param managed files that there are
   * @param code what confirms these deletions and no others
   */
  record Held(int deletions, int managed, String code) {

    @Override
    public String toString() {
      return deletions + " of " + managed + " files would be deleted at once; none is, until a line of "
          + "hyperfleet.gitops.reconcile.confirmations-file says " + code;
    }
  }

  private final double ratio;
  private final Path confirmations;

  MassDeleteBrake(GitOpsProperties.Reconcile properties) {
    this.ratio = properties.maxDeleteRatio();
    this.confirmations = properties.confirmationsFile();
  }

  /** What has to be confirmed first; empty when nothing has, or it is. */
  Optional<Held> hold(List<ResourceIdentifier> deletions, int managed) {
    return holds(deletions.size(), managed, ratio)
        ? Optional.of(new Held(deletions.size(), managed, code(deletions))).filter(held -> !isConfirmed(held.code()))
        : Optional.empty();
  }

  /**
   * Whether so many deletions are too many.
   *
   * @param managed files that there are
   * @param ratio part of them that may go at once
   */
  static boolean holds(int deletions, int managed, double ratio) {
    return deletions > Math.max(ALWAYS_ALLOWED, managed * ratio);
  }

  private static String code(List<ResourceIdentifier> deletions) {
    var keys = deletions.stream().map(ResourceIdentifier::key).sorted().collect(Collectors.joining("\n"));
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(keys.getBytes(StandardCharsets.UTF_8)))
          .substring(0, CODE_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }

  /** A file that is not there, or cannot be read, confirms nothing. */
  private boolean isConfirmed(String code) {
    try {
      return confirmations != null && Files.exists(confirmations)
          && Files.readString(confirmations).lines().anyMatch(line -> line.strip().equals(code));
    } catch (IOException e) {
      return false;
    }
  }
}
