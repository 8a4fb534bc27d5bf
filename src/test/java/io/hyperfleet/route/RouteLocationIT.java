package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.docs.Page;
import io.hyperfleet.local.LocalFleet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators change and add routes with files in a directory, without a build. */
class RouteLocationIT {

  private static final String SIMPLEST = """
      - route:
          id: operators-route
          description: A route of the operator
          from:
            id: asked
            uri: direct
            parameters:
              name: operators-route
            steps:
              - log:
                  id: say
                  message: hello
      """;

  @TempDir
  Path location;

  @Test
  void replacesABuiltInFileOfTheSameNameAndAddsOthers() throws IOException {
    try (var builtIn = getClass().getResourceAsStream("/routes/outbox/outbox-relay.camel.yaml")) {
      var edited = new String(builtIn.readAllBytes(), StandardCharsets.UTF_8)
          .replace("Publish a batch of unpublished events", "Publish as this operator likes it");
      Files.writeString(location.resolve("outbox-relay.camel.yaml"), edited);
    }
    Files.writeString(location.resolve("operators-route.camel.yaml"), SIMPLEST);
    Files.writeString(location.resolve("a-instance.camel.yaml"), """
        - templatedRoute:
            routeTemplateRef: greeting
            routeId: greeting-operator
            parameters:
              - name: who
                value: operator
        """);
    Files.writeString(location.resolve("greeting.camel.yaml"), """
        - routeTemplate:
            id: greeting
            parameters:
              - name: who
                required: true
            route:
              from:
                uri: direct
                parameters:
                  name: "greet-{{who}}"
                steps:
                  - setBody:
                      expression:
                        constant:
                          expression: "Hello {{who}}"
        """);
    // A template for adapters, none of which runs here: nothing that it calls is there.
    Files.writeString(location.resolve("approval.camel.yaml"), Page.of(Path.of("docs/adapters/templates.md"))
        .blocks("yaml").stream().filter(block -> block.startsWith("- routeTemplate:")).findFirst().orElseThrow());
    // A role that does not run here: its files have no say.
    Files.writeString(location.resolve("adapter-job-find.camel.yaml"), "- nonsense");

    try (var fleet = LocalFleet.start("hyperfleet.roles=api,outbox", "hyperfleet.routes.location=" + location)) {
      var camel = fleet.camel();
      assertThat(camel.getRoute("outbox-relay").getDescription()).isEqualTo("Publish as this operator likes it");
      assertThat(camel.getRoute("outbox-poll")).isNotNull();
      assertThat(camel.getRouteController().getRouteStatus("operators-route").isStarted()).isTrue();
      assertThat(camel.createProducerTemplate().requestBody("direct:greet-operator", "", String.class))
          .isEqualTo("Hello operator");
    }
  }

  @Test
  void stopsTheStartWithFileAndLineOfWhatIsBroken() throws IOException {
    var broken = location.resolve("broken.camel.yaml");
    Files.writeString(broken, SIMPLEST.replace("- log:", "- logg:"));

    assertThatThrownBy(() -> LocalFleet.start("hyperfleet.roles=sentinel", "hyperfleet.routes.location=" + location))
        .hasStackTraceContaining(
            "Cannot load the route file " + broken + ":10: unknown step 'logg'; did you mean log?");
  }

  @Test
  void stopsTheStartForADirectoryThatIsNotThere() {
    assertThatThrownBy(() -> LocalFleet.start("hyperfleet.roles=sentinel",
        "hyperfleet.routes.location=" + location.resolve("missing")))
        .hasStackTraceContaining("hyperfleet.routes.location: " + location.resolve("missing") + " is not a directory");
  }
}
