package io.hyperfleet.kind;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The conditions of a resource that show adapters' reports. */
public final class AdapterConditions {

  private AdapterConditions() {}

  /** The type of the condition of an adapter: dns-zone becomes DnsZoneSuccessful. Several names may make the same. */
  public static String typeOf(String adapter) {
    return Arrays.stream(adapter.split("-"))
        .filter(part -> !part.isEmpty())
        .map(part -> Character.toUpperCase(part.charAt(0)) + part.substring(1))
        .collect(Collectors.joining("", "", "Successful"));
  }

  /** Says which two of some adapters make the same condition, if any do. */
  static Optional<String> conflict(Collection<String> adapters) {
    Map<String, String> owners = new HashMap<>();
    for (String adapter : adapters) {
      var owner = owners.putIfAbsent(typeOf(adapter), adapter);
      if (owner != null) {
        return Optional.of("'" + owner + "' and '" + adapter + "' would both produce the condition " + typeOf(adapter)
            + "; remove one of them");
      }
    }
    return Optional.empty();
  }
}
