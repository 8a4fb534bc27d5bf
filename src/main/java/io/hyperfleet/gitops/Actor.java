package io.hyperfleet.gitops;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who changed something, as the subject of a commit names it.
 *
 * @param kind who is speaking: a user, a field manager, or the system
 * @param name their name, without line breaks, control characters and angle brackets; 200 characters of it
 */
public record Actor(Kind kind, String name) {

  /** How an actor is known. */
  public enum Kind {
    /** Kubernetes authenticated them. */
    USER,
    /** A field manager says so of itself. */
    MANAGER,
    /** The reverser itself, or nobody that is known. */
    SYSTEM
  }

  private static final int LONGEST = 200;
  /** What ends a line or a name for Git, or turns the direction of a text for its reader. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}<>]");
  private static final String DOMAIN = "noreply.cluster.local";

  /** The reconciler. */
  public static final Actor RECONCILER = new Actor(Kind.SYSTEM, "reconciler");
  /** Nobody knows who. */
  public static final Actor UNKNOWN = new Actor(Kind.SYSTEM, "unknown");

  public Actor {
    name = UNFIT.matcher(name).replaceAll("").strip();
    if (name.length() > LONGEST) {
      name = name.substring(0, LONGEST) + "...";
    }
  }

  /** An authenticated user; nobody when the name holds nothing. */
  public static Actor user(String name) {
    return known(new Actor(Kind.USER, name));
  }

  /** A field manager; nobody when the name holds nothing. */
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

  /** An address that reaches nobody. */
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
