package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.policy.PolicyFixture;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API is told of adapters, and which contents it is sent. */
class AdapterAnnouncementsTest {

  private static final AdapterDefinition DNS = load();
  private final AdapterRegistry adapters = new AdapterRegistry(Map.of("dns", DNS), Map.of());
  private final AdapterAnnouncements announcements = new AdapterAnnouncements(adapters,
      new FollowedDefinitions(adapters, CelEngine.untimed(), AdapterTemplates.builtIn(),
          PolicyFixture.rules(Map.of())));

  @Test
  void sendsTheContentOfWhatRunsHereOnce() {
    var answer = """
        {"lacking": [{"adapter": "dns", "digest": "%1$s"}, {"adapter": "dns", "digest": "another"},
          {"adapter": "other", "digest": "%1$s"}]}""".formatted(DNS.digest());
    var asked = announcements.asked(answer);
    assertThat(asked).extracting(AdapterAnnouncements.Asked::definition).containsExactly(DNS);

    var exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getIn().setHeader("leftover", "of the announcement");
    announcements.send(exchange, asked.get(0));
    var in = exchange.getIn();
    assertThat(in.getBody(String.class)).isEqualTo(DNS.revision().content());
    assertThat(in.getHeader(Exchange.HTTP_PATH, String.class))
        .matches("/announcements/[a-z0-9.-]+/revisions/dns/" + DNS.digest());
    assertThat(in.getHeaders()).doesNotContainKey("leftover");
    assertThat(announcements.asked(answer)).as("the API may have refused it").isEmpty();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {" ", "{}", "[]", "1", "{", "<html>", "{\"lacking\": 1}", "{\"lacking\": [1, null, {}]}",
      "{\"lacking\": {\"adapter\": \"dns\"}}"})
  void isAskedForNothingByOtherAnswers(String answer) {
    assertThat(announcements.asked(answer)).isEmpty();
  }

  @Test
  void saysWhereInTheFolderSomethingIsWrong() {
    assertThat(AdapterAnnouncements.parts("""
        /etc/adapters/backup/adapter.yaml:8: spec.manifst: unknown key
        backup/job.yaml: not YAML
        no folder can be read""")).containsExactly(
        Map.of("file", "backup/adapter.yaml", "line", 8, "message", "spec.manifst: unknown key"),
        Map.of("file", "backup/job.yaml", "message", "not YAML"),
        Map.of("message", "no folder can be read"));
  }

  private static AdapterDefinition load() {
    var folder = Path.of("src/main/resources/adapters/dns").toAbsolutePath();
    return AdapterLoader.read(CelEngine.untimed(), AdapterTemplates.builtIn(), Optional.empty(),
        AdapterFolder.of(folder, folder), new AdapterProblems("dns")).orElseThrow();
  }
}
