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
 * Holds a comparison back that would delete so much that a mistake is likelier than the truth, until somebody confirms
 * just these deletions.
 */
public final class MassDeleteBrake {

  private static final int ALWAYS_ALLOWED = 10;
  private static final int CODE_BYTES = 6;

  /**
   * Deletions that wait for a confirmation.
   *
   * @param deletions how many
   * @param managed files that there are
   * @param code what confirms these deletions and no others
   */
  public record Held(int deletions, int managed, String code) {

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
  public static boolean holds(int deletions, int managed, double ratio) {
    return deletions > Math.max(ALWAYS_ALLOWED, managed * ratio);
  }

  private static String code(List<ResourceIdentifier> deletions) {
    return Sha256.hex(deletions.stream().map(ResourceIdentifier::key).sorted().collect(Collectors.joining("\n")),
        CODE_BYTES);
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
