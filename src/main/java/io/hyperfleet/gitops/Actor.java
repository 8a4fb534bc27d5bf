package io.hyperfleet.gitops;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The author of a change, as named in commits.
 *
 * @param kind a user, a field manager, or the system
 * @param name their name, without line breaks, control characters and angle brackets; 200 characters of it
 */
public record Actor(Kind kind, String name) {

  /** Source of an actor's identity. */
  public enum Kind {
    /** Kubernetes authenticated them. */
    USER,
    /** A field manager's own name. */
    MANAGER,
    /** GitOps itself, or an unknown author. */
    SYSTEM
  }

  private static final int LONGEST = 200;
  /** What ends a line or a name for Git, or turns the direction of a text for its reader. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}<>]");
  private static final String DOMAIN = "noreply.cluster.local";

  /** The reconciler. */
  public static final Actor RECONCILER = new Actor(Kind.SYSTEM, "reconciler");
  /** Unknown. */
  public static final Actor UNKNOWN = new Actor(Kind.SYSTEM, "unknown");

  public Actor {
    name = UNFIT.matcher(name).replaceAll("").strip();
    if (name.length() > LONGEST) {
      name = name.substring(0, LONGEST) + "...";
    }
  }

  /** An authenticated user; unknown if the name is blank. */
  public static Actor user(String name) {
    return known(new Actor(Kind.USER, name));
  }

  /** A field manager; unknown if the name is blank. */
  public static Actor manager(String name) {
    return known(new Actor(Kind.MANAGER, name));
  }

  private static Actor known(Actor actor) {
    return actor.name().isEmpty() ? UNKNOWN : actor;
  }

  /** Name of the commit's author. */
  public String authorName() {
    return name;
  }

  /** An address that cannot receive mail. */
  public String authorEmail() {
    var local = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
    return (local.isEmpty() ? "unknown" : local)
        + (kind == Kind.USER ? "@" : "@" + kind.name().toLowerCase(Locale.ROOT) + ".")
        + DOMAIN;
  }

  /** {@code user/admin}, {@code manager/kubectl}, {@code system/reconciler}. */
  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + "/" + name;
  }
}
