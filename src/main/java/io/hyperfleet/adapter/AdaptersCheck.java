package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/**
 * Checks that the routes of every built-in adapter of this process run. Broken folders, and their adapters that do not
 * run, are named, but the process stays ready.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class AdaptersCheck implements ReadinessCheck {

  /** Maximum number of broken folders to name. */
  private static final int SHOWN = 20;

  private final AdapterRegistry adapters;
  private final CamelContext camel;

  AdaptersCheck(AdapterRegistry adapters, CamelContext camel) {
    this.adapters = adapters;
    this.camel = camel;
  }

  @Override
  public String name() {
    return "adapters";
  }

  @Override
  public String check() {
    var stopped = adapters.all().stream().filter(definition -> !runs(definition)).toList();
    return stopped.stream().filter(adapters::isBuiltIn).findFirst()
        .map(definition -> "the adapter " + definition.name() + " does not run")
        .orElseGet(() -> others(stopped));
  }

  /** A broken folder affects neither other adapters nor the readiness of this process. */
  private String others(List<AdapterDefinition> stopped) {
    var broken = adapters.broken().values();
    var said = new ArrayList<String>();
    if (!broken.isEmpty()) {
      said.add("these folders cannot be loaded: " + broken.stream().limit(SHOWN).collect(Collectors.joining("; "))
          + (broken.size() > SHOWN ? "; and " + (broken.size() - SHOWN) + " more, see the log" : ""));
    }
    stopped.forEach(definition -> said.add("the adapter " + definition.name() + " does not run"));
    return said.isEmpty() ? OK : ReadinessCheck.okBut(String.join("; ", said));
  }

  private boolean runs(AdapterDefinition definition) {
    return runs(AdapterRoutes.routeId(definition.name())) && runs(AdapterRoutes.subscriptionRouteId(definition.name()));
  }

  private boolean runs(String route) {
    var status = camel.getRouteController().getRouteStatus(route);
    return status != null && status.isStarted();
  }
}
