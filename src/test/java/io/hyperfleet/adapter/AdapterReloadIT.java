package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.cel.CelProgram;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Folders of adapters that change while events come. */
class AdapterReloadIT extends AdapterFleetIT {

  private static final Path GUEST = FOLDERS.resolve("guest");
  private static final Path ORIGINAL = Path.of("src/test/resources/adapters-under-test/guest");
  private static final String DIGEST = definition().digest();

  @AfterEach
  void restore() throws IOException {
    if (!Files.exists(GUEST)) {
      FileSystemUtils.copyRecursively(ORIGINAL, GUEST);
    }
    awaitAcknowledged();
    write(Files.readString(ORIGINAL.resolve("adapter.yaml")));
    // Whatever a test has changed, its routes too: the next test may not find the reloader at work.
    await().until(() -> readyz().equals("ok") && definition() != null && definition().digest().equals(DIGEST)
        && FLEET.camel().getRouteController().getRouteStatus("guest-subscription") == ServiceStatus.Started);
  }

  @Test
  void takesAChangedFolderOverWithoutAPause() {
    var route = FLEET.camel().getRoute("guest-subscription");
    write(definitionText().replace("'first'", "'second'"));
    await().until(() -> said().equals("'second'"));

    var id = create("{\"guest\":true}");

    assertThat(FLEET.camel().getRoute("guest-subscription")).as("the route runs on").isSameAs(route);
    awaitSaid(id, "second");
  }

  @Test
  void keepsTheLastGoodDefinitionOfAFolderThatBreaks() {
    write(definitionText().replace("  data:", "  dta:"));
    await().untilAsserted(() -> assertThat(readyz()).startsWith("ok, but these folders cannot be loaded: ")
        .contains("guest/adapter.yaml:", "spec.dta: unknown key; allowed: "));
    await("the others run on").until(() -> FLEET.management("/readyz").status() == 200);
    assertThat(
        FLEET.context().getBean(MeterRegistry.class).get("hyperfleet.adapter.definitions.broken").gauge().value())
        .isEqualTo(1);
    var id = create("{\"note\":\"n\",\"guest\":true}");
    assertThat(jobsOf(id, "runner")).hasSize(1);
    awaitSaid(id, "first");

    write(definitionText().replace("'first'", "'third'"));
    await().until(() -> readyz().equals("ok") && said().equals("'third'"));
    awaitSaid(id, "third");
  }

  @Test
  void replacesItsRoutesWithoutLosingAnEvent() {
    var before = IntStream.range(0, 5).mapToObj(i -> createUnsettled()).toList();
    write(definitionText().replace("template: job-adapter", "template: job-adapter\n  concurrency: 2"));
    var during = IntStream.range(0, 20).mapToObj(i -> createUnsettled()).toList();
    await().until(() -> definition().concurrency() == 2);
    var after = IntStream.range(0, 5).mapToObj(i -> createUnsettled()).toList();

    for (List<String> ids : List.of(before, during, after)) {
      // No event but that of the creation comes: what is lost stays lost. What was on its way comes again after a
      // minute.
      assertThat(ids).allSatisfy(id -> await().atMost(Duration.ofMinutes(3))
          .until(() -> jobsOf(id, "guest").equals(List.of("guest-" + id + "-gen1"))));
    }
  }

  @Test
  void stopsAnAdapterWhoseFolderGoesAndStartsItAgain() throws IOException {
    FileSystemUtils.deleteRecursively(GUEST);
    await().until(() -> FLEET.camel().getRoute("guest-subscription") == null && definition() == null);
    var id = createUnsettled();
    await("the others run on").until(() -> FLEET.management("/readyz").status() == 200);
    FileSystemUtils.copyRecursively(ORIGINAL, GUEST);

    await().until(() -> jobsOf(id, "guest").size() == 1);
  }

  @Test
  void refusesAKindThatIsNotThere() {
    write(definitionText().replace("for: Cluster", "for: Galaxy"));

    await().until(() -> readyz().contains(": spec.for: unknown kind Galaxy; allowed: Cluster"));
    assertThat(definition().kind()).isEqualTo("Cluster");
  }

  private static String createUnsettled() {
    var answer = FLEET.post("/clusters", "{\"kind\":\"Cluster\",\"name\":\"g-"
        + UUID.randomUUID().toString().substring(0, 18) + "\",\"spec\":{\"guest\":true}}");
    assertThat(answer.status()).isEqualTo(201);
    return answer.body().get("id").asText();
  }

  /** Sends events until the guest has reported its data, which it does when its Job has ended. */
  private static void awaitSaid(String id, String text) {
    await().until(() -> {
      sendEvent(id);
      return FLEET.report(id, "guest").at("/data/says").asText().equals(text);
    });
  }

  private static AdapterDefinition definition() {
    return FLEET.context().getBean(AdapterRegistry.class).find("guest").orElse(null);
  }

  private static String said() {
    return ((CelProgram) definition().data().get("says")).source();
  }

  private static String readyz() {
    return FLEET.management("/readyz").body().at("/checks/adapters").asText();
  }

  private static String definitionText() {
    return read(ORIGINAL.resolve("adapter.yaml"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At once: the reloader never sees half of it. */
  private static void write(String text) {
    try {
      var next = FOLDERS.resolveSibling(FOLDERS.getFileName() + "-next.yaml");
      Files.move(Files.writeString(next, text), GUEST.resolve("adapter.yaml"), StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
