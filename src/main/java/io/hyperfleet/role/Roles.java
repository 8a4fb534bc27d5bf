package io.hyperfleet.role;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The roles of this process, read from {@code hyperfleet.roles}. */
public final class Roles {

  /**
   * All roles but {@code gitops}, which needs a Git repository to write to, and {@code console}, which needs users who
   * log in.
   */
  public static final Set<Role> DEFAULT = EnumSet.complementOf(EnumSet.of(Role.GITOPS, Role.CONSOLE));

  private Roles() {}

  /**
   * Reads the roles of this process.
   *
   * @throws IllegalArgumentException when a name is not a role; the message lists the allowed names
   */
  public static Set<Role> of(Environment environment) {
    var roles = Binder.get(environment).bind("hyperfleet.roles", String[].class).map(Roles::parse).orElse(DEFAULT);
    return roles.isEmpty() ? DEFAULT : roles;
  }

  /** Whether this process serves users, in addition to its management port. */
  public static boolean haveAPort(Environment environment) {
    var roles = of(environment);
    return roles.contains(Role.API) || roles.contains(Role.CONSOLE);
  }

  private static Set<Role> parse(String[] words) {
    var roles = EnumSet.noneOf(Role.class);
    for (String word : words) {
      if (!word.isBlank()) {
        roles.add(parse(word.trim()));
      }
    }
    return roles;
  }

  private static Role parse(String word) {
    try {
      return Role.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("hyperfleet.roles: unknown role '" + word + "'; allowed: "
          + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", ")), e);
    }
  }
}
