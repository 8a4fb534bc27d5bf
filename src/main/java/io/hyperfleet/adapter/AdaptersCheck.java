package io.hyperfleet.adapter;

import io.hyperfleet.operation.ReadinessCheck;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/** Every adapter of this process has its route, and that runs; folders that are broken are named. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
class AdaptersCheck implements ReadinessCheck {

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
    return adapters.all().stream().map(AdapterDefinition::name).sorted()
        .filter(name -> !runs(AdapterRoutes.routeId(name)) || !runs(AdapterRoutes.subscriptionRouteId(name)))
        .findFirst()
        .map(name -> "the adapter " + name + " does not run")
        .orElseGet(this::broken);
  }

  /** A folder that is broken now keeps no other adapter from running, nor its own from running as it last could. */
  private String broken() {
    return adapters.broken().isEmpty() ? OK
        : ReadinessCheck.okBut("these folders cannot be used: " + String.join("; ", adapters.broken().values()));
  }

  private boolean runs(String route) {
    var status = camel.getRouteController().getRouteStatus(route);
    return status != null && status.isStarted();
  }
}
