package io.hyperfleet.management;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Hawtio, a web console that shows Camel's routes.
 *
 * @param enabled Whether the management port serves Hawtio at /hawtio, and Jolokia, which it uses, at /jolokia.
 * @param username Name of the user who may open it.
 * @param password Password of the user, 16 characters or more, required when enabled; best provided as a file
 * (spring.config.import=configtree:).
 */
@ConfigurationProperties("hyperfleet.management.hawtio")
public record HawtioProperties(
    @DefaultValue("false") boolean enabled, @DefaultValue("operator") String username, String password) {

  static final String KEY = "hyperfleet.management.hawtio.";
  private static final int SHORTEST = 16;

  public HawtioProperties {
    if (enabled && (password == null || password.length() < SHORTEST)) {
      throw new IllegalArgumentException(KEY + "password: " + SHORTEST + " characters or more are required");
    }
    if (enabled && (username.isBlank() || username.contains(":"))) {
      throw new IllegalArgumentException(KEY + "username: a name without a colon is required");
    }
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "HawtioProperties[enabled=" + enabled + ", username=" + username + "]";
  }
}
