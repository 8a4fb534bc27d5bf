package io.hyperfleet.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.hyperfleet.local.LocalFleet;
import io.hyperfleet.local.LocalHyperFleet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The conformance test as a partner runs it, with a command: it lets an adapter pass, and catches one that is careless.
 */
@Tag("faults")
@Tag("slow")
class ConformanceCommandIT {

  private static final LauncherDiscoveryRequest CONFORMANCE = LauncherDiscoveryRequestBuilder.request()
      .selectors(selectClass(AdapterConformanceIT.class)).build();

  private final Map<String, String> properties = Map.of("conformance.adapter", "validation",
      "conformance.pubsub-port", "0", "conformance.api-port", "0");

  @BeforeEach
  void set() {
    properties.forEach(System::setProperty);
  }

  @AfterEach
  void clear() {
    properties.keySet().forEach(System::clearProperty);
    System.clearProperty("conformance.command");
  }

  @Test
  void letsAnAdapterPassThatACommandStarts() {
    var summary = run(LocalHyperFleet.class.getName(),
        "--hyperfleet.roles=adapters --hyperfleet.adapters.enabled=validation "
            + "--hyperfleet.adapters.object-hint=false --server.port=" + LocalFleet.freePort()
            + " --management.server.port="
            + LocalFleet.freePort());

    assertThat(summary.getFailures()).as(() -> text(summary)).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isGreaterThan(12);
  }

  @Test
  void catchesAnAdapterThatIsCareless() {
    var summary = run("src/test/resources/conformance/CarelessAdapter.java", "validation");

    var failed = summary.getFailures().stream().map(failure -> failure.getTestIdentifier().getSource().orElseThrow())
        .map(source -> ((MethodSource) source).getMethodName()).collect(Collectors.toCollection(TreeSet::new));
    assertThat(failed).as(() -> text(summary)).containsExactly("cleansUpAndSaysSoWhateverItWaitsFor",
        "goesOnWhenTheApiHasFailed", "reportsAgainAndLaterAtEveryEvent", "reportsNothingAboutWhatIsGone",
        "reportsTheGenerationThatItHasFetched", "survivesTheSameAndAnOlderEvent");
  }

  private static TestExecutionSummary run(String program, String arguments) {
    System.setProperty("conformance.command", "exec '%s' -cp '%s' %s %s".formatted(
        Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path"), program,
        arguments));
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(CONFORMANCE, listener);
    return listener.getSummary();
  }

  private static String text(TestExecutionSummary summary) {
    var text = new StringWriter();
    summary.printFailuresTo(new PrintWriter(text), 2);
    return text.toString();
  }
}
