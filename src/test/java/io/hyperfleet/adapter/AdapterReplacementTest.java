package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterReader;
import io.hyperfleet.adapter.definition.AdapterSchema;
import io.hyperfleet.adapter.template.AdapterTemplate;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.cel.CelEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Routes of adapters that cannot be added or stopped: no other adapter notices (S22). */
@Timeout(120)
@Tag("long")
class AdapterReplacementTest {

  private static final CelEngine ENGINE = new CelEngine();
  /** A template of an operator that needs what only some adapters have: it works for those alone. */
  private static final String PICKY = """
      - routeTemplate:
          id: adapter-subscription
          parameters:
            - name: adapter
            - name: subscription
            - name: concurrency
          route:
            from:
              uri: google-pubsub
              parameters:
                projectId: p
                destinationName: "{{subscription}}"
              steps:
                - to:
                    uri: %s-{{subscription}}:x
      """;

  @TempDir
  Path directory;

  private AdapterContext context;
  private AdapterReplacement replacement;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void start() throws Exception {
    context = new AdapterContext(true, Map.of());
    replacement = new AdapterReplacement(context.adapters, context.routes, context.camel, new Clock() {
      @Override
      public java.time.ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    });
  }

  @AfterEach
  void stop() {
    context.close();
  }

  @Test
  void aRouteThatCannotBeAddedLeavesTheOldOneAndIsTriedAgain() throws Exception {
    picky();
    become(adapter("guest", "good-one", 1), adapter("other", "good-two", 1));
    assertThat(broken()).isEmpty();

    var changed = adapter("guest", "later-one", 2);
    become(changed, adapter("other", "good-two", 1));

    assertThat(broken()).containsOnlyKeys("guest").hasEntrySatisfying("guest", text -> assertThat(text)
        .startsWith("guest: its routes cannot be added, trying again: ").contains("later-one"));
    assertThat(context.adapters.definition("guest").subscription()).isEqualTo("good-one");
    assertRuns("guest", "other");
    assertThat(replacement.areDue()).isFalse();

    now = now.plus(Duration.ofSeconds(2));
    assertThat(replacement.areDue()).isTrue();
    become(changed, adapter("other", "good-two", 1));
    assertThat(broken()).containsOnlyKeys("guest");
    assertRuns("guest", "other");

    context.camel.addComponent("picky-later-one", context.camel.getComponent("direct"));
    now = now.plus(Duration.ofSeconds(5));
    become(changed, adapter("other", "good-two", 1));
    assertThat(broken()).isEmpty();
    assertThat(context.adapters.definition("guest").subscription()).isEqualTo("later-one");
    assertRuns("guest", "other");
  }

  @Test
  void nothingIsLeftOfAnAdapterThatCannotBeAdded() throws Exception {
    picky();
    var before = context.routeIds();

    become(adapter("new", "bad-one", 1));

    assertThat(broken()).containsOnlyKeys("new");
    assertThat(context.adapters.all()).isEmpty();
    assertThat(context.routeIds()).isEqualTo(before);
    become();
    assertThat(broken()).as("the folder is gone").isEmpty();
  }

  @Test
  void aBuiltInAdapterTakesThePlaceOfAFolderThatCannotRun() throws Exception {
    stop();
    var builtIn = adapter("dns", "good-dns", 1);
    context = new AdapterContext(true, Map.of("dns", builtIn));
    replacement = new AdapterReplacement(context.adapters, context.routes, context.camel);
    picky();

    become(adapter("dns", "bad-dns", 1));

    assertThat(broken()).containsOnlyKeys("dns");
    assertThat(context.adapters.definition("dns")).isSameAs(builtIn);
    assertRuns("dns");
  }

  @Test
  void adaptersSwapTheirSubscriptions() throws Exception {
    become(adapter("a", "sub-1", 1), adapter("b", "sub-2", 1));

    become(adapter("a", "sub-2", 1), adapter("b", "sub-1", 1));

    assertThat(broken()).isEmpty();
    assertRuns("a", "b");
    assertThat(context.subscriptions.topic("sub-1")).isPresent();
    assertThat(context.subscriptions.topic("sub-2")).isPresent();
  }

  @Test
  void aRouteOfAnOperatorIsNotReplaced() throws Exception {
    context.load("mine", "- route: {id: guest-adapter, from: {uri: 'direct:mine', steps: [{stop: {}}]}}");
    var route = context.camel.getRoute("guest-adapter");

    become(adapter("guest", "sub-1", 1), adapter("other", "sub-2", 1));

    assertThat(broken().get("guest")).contains("there is another route 'guest-adapter'");
    assertThat(context.camel.getRoute("guest-adapter")).isSameAs(route);
    assertRuns("other");
  }

  @Test
  void aRouteThatIsStuckHoldsUpNoOtherAdapterForLong() throws Exception {
    var release = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    context.camel.getRegistry().bind("stuck", (org.apache.camel.Processor) exchange -> {
      entered.countDown();
      release.await();
    });
    context.load("job-adapter", """
        - routeTemplate:
            id: stuck-adapter
            parameters:
              - name: adapter
            route:
              from:
                uri: direct:{{adapter}}-adapter
                steps:
                  - process: {ref: stuck}
        """);
    var stuck = withTemplate(adapter("stuck", "sub-1", 1), "stuck-adapter");
    become(stuck, adapter("changed", "sub-2", 1));
    var worker = new Thread(() -> context.camel.createProducerTemplate().sendBody("direct:stuck-adapter", "x"));
    worker.start();
    assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();

    var wanted = adapter("changed", "sub-2", 1, "# changed");
    var newcomer = adapter("new", "sub-3", 1);
    long began = System.nanoTime();
    var removal = new Thread(() -> become(wanted, newcomer));
    removal.start();
    Awaitility.await().untilAsserted(() -> {
      assertThat(context.adapters.find("new")).isPresent();
      assertThat(context.adapters.definition("changed").digest()).isEqualTo(wanted.digest());
      assertRuns("new", "changed");
    });
    assertThat(removal.isAlive()).as("the others are done while the stuck one is waited for").isTrue();
    removal.join(60_000);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
    assertThat(context.camel.getRoute("stuck-adapter")).isNull();
    release.countDown();
    worker.join();
  }

  private void picky() throws Exception {
    for (String name : new String[]{"picky-good-one", "picky-good-two", "picky-good-dns"}) {
      context.camel.addComponent(name, context.camel.getComponent("direct"));
    }
    context.camel.removeRouteTemplateDefinition(context.camel.getRouteTemplateDefinition("adapter-subscription"));
    context.load("adapter-subscription", PICKY.formatted("picky"));
  }

  private Map<String, String> problems = Map.of();

  private void become(AdapterDefinition... wanted) {
    Map<String, AdapterDefinition> byName = new TreeMap<>();
    for (AdapterDefinition definition : wanted) {
      byName.put(definition.name(), definition);
    }
    var broken = new TreeMap<String, String>();
    replacement.become(byName, broken);
    problems = broken;
  }

  private Map<String, String> broken() {
    return problems;
  }

  private void assertRuns(String... names) {
    for (String name : names) {
      assertThat(context.camel.getRouteController().getRouteStatus(name + "-adapter")).isEqualTo(ServiceStatus.Started);
      assertThat(context.camel.getRouteController().getRouteStatus(name + "-subscription"))
          .isEqualTo(ServiceStatus.Started);
      assertThat(context.subscriptions.topic(context.adapters.definition(name).subscription())).isPresent();
    }
  }

  private AdapterDefinition adapter(String name, String subscription, int concurrency) throws IOException {
    return adapter(name, subscription, concurrency, "");
  }

  private AdapterDefinition adapter(String name, String subscription, int concurrency, String comment)
      throws IOException {
    var folder = Files.createDirectories(directory.resolve(name));
    Files.writeString(folder.resolve("adapter.yaml"),
        "apiVersion: hyperfleet.io/v1\nkind: Adapter\nmetadata: {name: " + name
            + "}\nspec: {template: job-adapter, for: Cluster, manifest: job.yaml, subscription: " + subscription
            + ", concurrency: "
            + concurrency + "}\n" + comment + "\n");
    Files.writeString(folder.resolve("job.yaml"), "apiVersion: batch/v1\nkind: Job\n");
    return new AdapterReader(ENGINE, AdapterSchema.ofAdapters(), AdapterTemplates.builtIn(),
        AdapterFolder.of(folder, directory),
        new AdapterProblems(name),
        Optional.empty())
        .read(Set.of()).orElseThrow();
  }

  private static AdapterDefinition withTemplate(AdapterDefinition it, String template) {
    return new AdapterDefinition(it.name(), it.kind(), new AdapterTemplate(template, it.template().workload()),
        it.description(), it.subscription(), it.concurrency(),
        it.namespace(), it.appliesWhen(), it.preconditions(), it.manifests(), it.discover(), it.postconditions(),
        it.data(),
        it.reporting(), it.workload(), it.parameters(), it.mentionedAdapters(), it.reads(), it.revision());
  }
}
