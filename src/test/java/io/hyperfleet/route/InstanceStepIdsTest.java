package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Who draws a route from its dump finds the numbers of each step by its id. */
class InstanceStepIdsTest {

  private static final String ROUTES = """
      - routeConfiguration:
          id: shared
          onException:
            - onException:
                id: whatever-fails
                exception: [java.lang.Exception]
                handled: {constant: {expression: "true"}}
                steps:
                  - log: {id: note-failure, message: failed}
      - routeTemplate:
          id: shape
          parameters:
            - {name: from}
          route:
            routeConfigurationId: shared
            from:
              id: take-in
              uri: direct:{{from}}
              steps:
                - choice:
                    id: decide
                    when:
                      - id: when-true
                        expression: {simple: {expression: "${body} == 'fail'"}}
                        steps:
                          - throwException: {id: fail-now, exceptionType: java.lang.IllegalStateException, message: wanted}
                    otherwise:
                      id: or-else
                      steps:
                        - doTry:
                            id: try-it
                            steps:
                              - setVariable: {id: set-it, name: x, expression: {constant: {expression: "1"}}}
                            doCatch:
                              - id: catch-it
                                exception: [java.io.IOException]
                                steps:
                                  - log: {id: note-it, message: caught}
                - filter:
                    id: only-good
                    expression: {simple: {expression: "${body} == 'good'"}}
                    steps:
                      - log: {id: note-end, message: end}
      """;
  /** Camel's dump has no catch of a doTry. */
  private static final List<String> STEPS = List.of("decide", "when-true", "fail-now", "or-else", "try-it", "set-it",
      "only-good", "note-end");

  @Test
  void aDumpNamesStepsAsTheirStatisticsDo() throws Exception {
    try (var camel = new DefaultCamelContext()) {
      camel.addModelLifecycleStrategy(new InstanceStepIds());
      PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("shape.camel.yaml", ROUTES));
      for (String name : List.of("dns", "dns-zone", "placement")) {
        TemplatedRouteBuilder.builder(camel, "shape").routeId(name).prefixId(name + ".").parameter("from", name).add();
      }
      camel.start();
      for (String name : List.of("dns", "dns-zone", "placement")) {
        camel.createProducerTemplate().sendBody("direct:" + name, "good");
        camel.createProducerTemplate().sendBody("direct:" + name, "fail");

        var dump = text(camel, "routes", name, "dumpRouteAsXml");
        var stats = text(camel, "routes", name, "dumpRouteStatsAsXml");
        assertThat(ids(dump)).containsAll(STEPS.stream().map(step -> name + "." + step).toList());
        assertThat(ids(stats)).filteredOn(id -> !id.matches(name + "\\.(catch|note)-it")).isSubsetOf(ids(dump));
        assertThat(ids(stats)).containsAll(
            List.of(name, name + ".decide", name + ".fail-now", name + ".note-end"));
        assertThat(stats).containsPattern("id=\"" + name + ".note-end\"[^>]* exchangesCompleted=\"1\"");
      }
    }
  }

  private static Set<String> ids(String xml) {
    return Pattern.compile(" id=\"([^\"]+)\"").matcher(xml).results().map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static String text(DefaultCamelContext camel, String type, String name, String operation) throws Exception {
    var bean = new ObjectName(
        "org.apache.camel:context=" + camel.getManagementName() + ",type=" + type + ",name=\"" + name + "\"");
    boolean stats = operation.contains("Stats");
    return (String) ManagementFactory.getPlatformMBeanServer().invoke(bean, operation,
        stats ? new Object[]{true, true} : new Object[0],
        stats ? new String[]{"boolean", "boolean"} : new String[0]);
  }
}
