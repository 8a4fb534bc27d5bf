package io.hyperfleet.kind;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The kinds of resources.
 *
 * @param kinds The kinds by their plural, as used in paths, such as clusters. Clusters and nodepools exist by default.
 */
@ConfigurationProperties("hyperfleet")
public record KindsProperties(Map<String, KindProperties> kinds) {

  public KindsProperties {
    kinds = kinds == null ? Map.of() : Map.copyOf(kinds);
  }
}
