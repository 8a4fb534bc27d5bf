package io.hyperfleet.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.local.LocalFleet;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;

/** What Hawtio and every other JMX client see of a process. */
class ManagedRoutesTest {

  @Test
  void showsEveryRouteWithItsIdAndDescription() throws JMException {
    try (var fleet = LocalFleet.start("spring.jmx.enabled=true")) {
      var expected = new HashMap<String, String>();
      for (Route route : fleet.camel().getRoutes()) {
        assertThat(route.getDescription()).as(route.getRouteId()).isNotBlank();
        expected.put(route.getRouteId(), route.getDescription());
      }
      assertThat(expected).containsKeys("outbox-relay", "sentinel-clusters", "validation-adapter", "dns-adapter",
          "placement-adapter", "hyperfleet-adapter");

      var name = fleet.camel().getManagementName();
      assertThat(attributes(name, "routes", "RouteId", "Description")).isEqualTo(expected);
      assertThat(attributes(name, "routes", "RouteId", "State").values()).containsOnly("Started");
      assertThat(attributes(name, "processors", "ProcessorId", "RouteId"))
          .containsEntry("claim-rows", "outbox-relay").containsEntry("get-job", "adapter-job-get");
    }
  }

  private static Map<String, String> attributes(String context, String type, String key, String value)
      throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    var found = new HashMap<String, String>();
    for (ObjectName bean : server.queryNames(
        new ObjectName("org.apache.camel:context=" + context + ",type=" + type + ",*"), null)) {
      found.put((String) server.getAttribute(bean, key), (String) server.getAttribute(bean, value));
    }
    return found;
  }
}
