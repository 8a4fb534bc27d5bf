package io.hyperfleet.policy;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Policies for tests, configured as an operator does. */
public final class PolicyFixture {

  private PolicyFixture() {}

  /** The policy with these keys, as they stand below {@code hyperfleet.adapters.policy}. */
  public static ManifestPolicy policy(Map<String, String> keys) {
    var source = new MapConfigurationPropertySource();
    keys.forEach((key, value) -> source.put("hyperfleet.adapters.policy." + key, value));
    return new ManifestPolicy(new Binder(source).bindOrCreate("hyperfleet.adapters.policy", PolicyProperties.class));
  }

  public static ManifestRules rules(Map<String, String> keys) {
    return new ManifestRules(policy(keys));
  }
}
