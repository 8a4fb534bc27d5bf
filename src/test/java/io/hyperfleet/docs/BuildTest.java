package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** What the build promises: floors, a bill of materials, the same bytes again, and two ways to one image. */
class BuildTest {

  private static final Page POM = Page.of(Path.of("pom.xml"));
  private static final Page CONTAINERFILE = Page.of(Path.of("Containerfile"));

  @Test
  void bothWaysMakeTheSameImage() {
    var base = found(POM, "<image\\.base>(.+)</image\\.base>");
    assertThat(CONTAINERFILE.text()).contains("ARG BASE=" + base + "\n", "USER 65532:65532\n", "EXPOSE 8000 8080\n");
    assertThat(POM.text()).contains("<user>65532:65532</user>", "<port>8000</port>", "<port>8080</port>");
    assertThat(new Yaml().<Map<String, Object>>load(Page.of(Path.of("helm/hyperfleet/values.yaml")).text())
        .get("podSecurityContext")).asString().contains("runAsUser=65532").contains("runAsGroup=65532");
  }

  @Test
  void everythingThatIsMadeHasTheSameTime() {
    assertThat(POM.text()).contains("<project.build.outputTimestamp>",
        "<creationTime>${project.build.outputTimestamp}</creationTime>",
        "<filesModificationTime>${project.build.outputTimestamp}</filesModificationTime>",
        "<outputDirectory>${project.build.outputDirectory}/META-INF/sbom</outputDirectory>");
  }

  @Test
  void floorsAreThoseOfSecurity() {
    var floors = Page.of(Path.of("SECURITY.md")).text();
    for (String artifact : List.of("org.apache.camel:\\*", "org.jolokia:jolokia-server-core", "org.yaml:snakeyaml",
        "org.postgresql:postgresql")) {
      assertThat(floors).contains("| " + found(POM, artifact + ":\\(,([0-9.]+)\\)") + " |");
    }
  }

  /** What the enforcer bans is really not there: Jolokia's proxy, agents, and languages that would run text. */
  @ParameterizedTest
  @ValueSource(strings = {"org.jolokia.service.jsr160.Jsr160RequestHandler", "org.apache.camel.language.groovy.GroovyLanguage",
      "org.apache.camel.language.ognl.OgnlLanguage", "org.apache.camel.language.mvel.MvelLanguage",
      "org.apache.camel.component.velocity.VelocityComponent", "org.apache.camel.component.exec.ExecComponent",
      "groovy.lang.GroovyShell", "org.apache.logging.log4j.core.Logger"})
  void isNotOnTheClasspath(String name) {
    assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
  }

  private static String found(Page page, String pattern) {
    var matcher = Pattern.compile(pattern).matcher(page.text());
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }
}
