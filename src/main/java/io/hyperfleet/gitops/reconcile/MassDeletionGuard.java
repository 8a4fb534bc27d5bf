package io.hyperfleet.gitops.reconcile;

import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.id.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Holds a comparison that would delete suspiciously many files until these deletions are confirmed.
 */
public final class MassDeletionGuard {

  private static final int ALWAYS_ALLOWED = 10;
  private static final int CODE_BYTES = 6;

  /**
   * Deletions that wait for confirmation.
   *
   * @param deletions their number
   * @param managed number of managed files
   * @param code code that confirms exactly these deletions
   */
  public record Held(int deletions, int managed, String code) {

    @Override
    public String toString() {
      return deletions + " of " + managed + " files would be deleted at once; to confirm, add a line to "
          + "hyperfleet.gitops.reconcile.confirmations-file with " + code;
    }
  }

  private final double ratio;
  private final Path confirmations;

  MassDeletionGuard(GitOpsProperties.Reconcile properties) {
    this.ratio = properties.maxDeleteRatio();
    this.confirmations = properties.confirmationsFile();
  }

  /** The deletions to confirm first; empty if there are none, or they are confirmed. */
  Optional<Held> hold(List<ResourceIdentifier> deletions, int managed) {
    return holds(deletions.size(), managed, ratio)
        ? Optional.of(new Held(deletions.size(), managed, code(deletions))).filter(held -> !isConfirmed(held.code()))
        : Optional.empty();
  }

  /**
   * Whether there are too many deletions.
   *
   * @param managed number of managed files
   * @param ratio share of them that may be deleted at once
   */
  public static boolean holds(int deletions, int managed, double ratio) {
    return deletions > Math.max(ALWAYS_ALLOWED, managed * ratio);
  }

  private static String code(List<ResourceIdentifier> deletions) {
    return Sha256.hex(deletions.stream().map(ResourceIdentifier::key).sorted().collect(Collectors.joining("\n")),
        CODE_BYTES);
  }

  /** A missing or unreadable file confirms nothing. */
  private boolean isConfirmed(String code) {
    try {
      return confirmations != null && Files.exists(confirmations)
          && Files.readString(confirmations).lines().anyMatch(line -> line.strip().equals(code));
    } catch (IOException e) {
      return false;
    }
  }
}
