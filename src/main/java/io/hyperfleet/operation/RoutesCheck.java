package io.hyperfleet.operation;

import java.util.Locale;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/** Checks that Camel runs and has loaded the routes of this process. */
@Component
class RoutesCheck implements ReadinessCheck {

  private final CamelContext camel;

  RoutesCheck(CamelContext camel) {
    this.camel = camel;
  }

  @Override
  public String name() {
    return "routes";
  }

  @Override
  public String check() {
    // An operator may stop a route on purpose; a process without its routes at all is another matter.
    return camel.isStarted() ? OK : "routes: Camel is " + camel.getStatus().name().toLowerCase(Locale.ROOT);
  }
}
