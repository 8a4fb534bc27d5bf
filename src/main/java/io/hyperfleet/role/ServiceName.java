package io.hyperfleet.role;

import java.util.Set;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The name of a process in logs and traces. */
public final class ServiceName {

  private static final String WHOLE = "hyperfleet";

  private ServiceName() {}

  /**
   * {@code dns-adapter} where only that adapter runs, {@code hyperfleet-api} where only that role does, else
   * {@code hyperfleet}.
   */
  public static String of(Environment environment) {
    var roles = Roles.of(environment);
    if (roles.equals(Set.of(Role.ADAPTERS))) {
      var adapters = Binder.get(environment).bind("hyperfleet.adapters.enabled", String[].class).orElse(new String[0]);
      return adapters.length == 1 ? adapters[0] + "-adapter" : WHOLE + "-adapters";
    }
    return roles.size() == 1 ? WHOLE + "-" + roles.iterator().next().word() : WHOLE;
  }
}
