package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Jib runs nothing of the image while it makes it, so that it is the Containerfile's alone. */
  @Test
  void theContainerfilesImageStartsFromItsTraining() {
    var steps = CONTAINERFILE.text();
    assertThat(steps).containsSubsequence("layers/application/ ./", "COPY src/main/image/train.sh /tmp/train.sh\n",
        "RUN sh /tmp/train.sh", "USER 65532:65532",
        "ENTRYPOINT [\"java\", \"@java.options\", \"-jar\", \"hyperfleet.jar\"]");
    assertThat(Page.of(Path.of("src/main/image/train.sh")).text()).contains(">java.options\n");
  }

  @Test
  void everythingThatIsMadeHasTheSameTime() {
    assertThat(POM.text()).contains("<project.build.outputTimestamp>",
        "<creationTime>${project.build.outputTimestamp}</creationTime>",
        "<filesModificationTime>${project.build.outputTimestamp}</filesModificationTime>",
        "<outputDirectory>${project.build.outputDirectory}/META-INF/sbom</outputDirectory>");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Camel                 | org.apache.camel:*
      Jolokia               | org.jolokia:jolokia-server-core
      SnakeYAML             | org.yaml:snakeyaml
      PostgreSQL's driver   | org.postgresql:postgresql
      Tomcat                | org.apache.tomcat.embed:*
      Netty                 | io.netty:netty-codec*
      Vert.x                | io.vertx:vertx-core
      gRPC                  | io.grpc:*
      Jackson               | com.fasterxml.jackson.core:jackson-databind
      Spring Framework      | org.springframework:*
      Spring Security       | org.springframework.security:*
      Nimbus JOSE           | com.nimbusds:nimbus-jose-jwt
      Logback               | ch.qos.logback:*
      Hibernate Validator   | org.hibernate.validator:hibernate-validator
      OkHttp                | com.squareup.okhttp3:okhttp
      Google's HTTP client  | com.google.http-client:*
      json-schema-validator | com.networknt:json-schema-validator
      Swagger UI            | org.webjars:swagger-ui
      """, quoteCharacter = '`')
  void floorsAreThoseOfSecurity(String name, String artifact) {
    var floor = found(POM, Pattern.quote(artifact) + ":\\(,([0-9A-Za-z.]+)\\)");
    assertThat(Page.of(Path.of("SECURITY.md")).text()).contains("| " + name + " | " + floor + " |");
  }

  /** Whoever lowers a version, by a property or by an older parent, is told. */
  @ParameterizedTest
  @ValueSource(strings = {"hibernate-validator", "jackson-bom", "logback", "netty", "postgresql", "slf4j", "tomcat",
      "google-http-client",
      "grpc", "okhttp", "protobuf-java-util", "vertx", "vertx-web", "json-schema-validator", "swagger-ui"})
  void whatWasMovedToANewerPatchHasItAsItsFloor(String property) {
    var version = found(POM, "<" + Pattern.quote(property) + "\\.version>(.+)</");
    assertThat(POM.text()).contains(":(," + version + ")</exclude>");
  }

  /** What the enforcer bans is really not there: Jolokia's proxy, agents, and languages that would run text. */
  @ParameterizedTest
  @ValueSource(strings = {"org.jolokia.service.jsr160.Jsr160RequestHandler",
      "org.apache.camel.language.groovy.GroovyLanguage",
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
