package io.hyperfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

/** What is missing on a host, or cannot be right, is one sentence that names the key and says what to do. */
class HostProblemsTest {

  private static final Map<String, Object> RIGHT = Map.of("SPRING_DATASOURCE_URL",
      "jdbc:postgresql://localhost:5432/hyperfleet",
      "HYPERFLEET_AUTH_ENABLED", "false", "KUBECONFIG", "pom.xml", "PUBSUB_EMULATOR_HOST", "localhost:8085");

  /** Defaults stand in the application's own file. */
  private static final List<PropertySource<?>> DEFAULTS = defaults();

  private static List<PropertySource<?>> defaults() {
    try {
      return new YamlPropertySourceLoader().load("application", new ClassPathResource("application.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
      -                                                       | -
      SPRING_DATASOURCE_URL=                                  | spring.datasource.url is not set:
      SPRING_DATASOURCE_URL=postgres://user:secret@host/db    | spring.datasource.url is not a JDBC URL:
      SPRING_DATASOURCE_URL= HYPERFLEET_ROLES=outbox          | spring.datasource.url is not set:
      SPRING_DATASOURCE_URL= HYPERFLEET_ROLES=sentinel        | -
      SPRING_DATASOURCE_URL= HYPERFLEET_ROLES=adapters        | -
      HYPERFLEET_AUTH_ENABLED=true                            | hyperfleet.auth.issuers is not set:
      HYPERFLEET_AUTH_ENABLED=true HYPERFLEET_ROLES=outbox    | -
      HYPERFLEET_AUTH_ENABLED=true HYPERFLEET_AUTH_ISSUERS_0_ISSUERURL=https://a | -
      KUBECONFIG=no/such/file                                 | KUBECONFIG names no/such/file, which is not a readable file:
      KUBECONFIG=src                                          | KUBECONFIG names src, which is not a readable file:
      KUBECONFIG=no/such/file:pom.xml                         | -
      KUBECONFIG=                                             | -
      KUBECONFIG=no/such/file HYPERFLEET_ROLES=api            | -
      KUBECONFIG=no/such/file HYPERFLEET_ROLES=gitops         | KUBECONFIG names
      HYPERFLEET_KUBERNETES_KUBECONFIG=pom.xml KUBECONFIG=no/such/file | -
      HYPERFLEET_KUBERNETES_KUBECONFIG=no/such/file           | hyperfleet.kubernetes.kubeconfig names no/such/file
      PUBSUB_EMULATOR_HOST= HYPERFLEET_BROKER_PROJECTID=My_Project | hyperfleet.broker.project-id is 'My_Project'
      PUBSUB_EMULATOR_HOST= HYPERFLEET_BROKER_PROJECTID=123456789 | hyperfleet.broker.project-id is '123456789'
      PUBSUB_EMULATOR_HOST= HYPERFLEET_BROKER_PROJECTID=example.com:my-project | -
      HYPERFLEET_BROKER_PROJECTID=p                           | -
      PUBSUB_EMULATOR_HOST=                                   | -
      """)
  void eachProblemIsASentence(String variables, String sentence) {
    var problems = problems(variables);
    if (sentence == null) {
      assertThat(problems).isEmpty();
    } else {
      assertThat(problems).singleElement().asString().startsWith(sentence).doesNotContain("secret", "\n").endsWith(".");
    }
  }

  @Test
  void allProblemsAreToldAtOnce() {
    assertThat(
        problems("SPRING_DATASOURCE_URL= HYPERFLEET_AUTH_ENABLED=true KUBECONFIG=no/such/file PUBSUB_EMULATOR_HOST= "
            + "HYPERFLEET_BROKER_PROJECTID=P"))
        .hasSize(4);
  }

  /** 1,000 values of pieces of paths, URLs and ids: each is a value or a sentence, never an error. */
  @Test
  void noValueIsAnError() {
    var random = new Random(15);
    var pieces = List.of("/", "jdbc:", "postgresql://", ":", File.pathSeparator, "~", "\\", "\0", "?", "*", "#{1}", "é",
        "pom.xml", "@", "%", "\n");
    for (int i = 0; i < 1_000; i++) {
      var settings = new HashMap<String, Object>(RIGHT);
      for (String key : List.of("SPRING_DATASOURCE_URL", "KUBECONFIG", "HYPERFLEET_BROKER_PROJECTID",
          "PUBSUB_EMULATOR_HOST")) {
        var text = new StringBuilder();
        random.ints(random.nextInt(4), 0, pieces.size()).forEach(index -> text.append(pieces.get(index)));
        settings.put(key, text.toString());
      }
      assertThat(HostProblems.of(environment(settings))).allSatisfy(problem -> assertThat(problem).endsWith("."));
    }
  }

  @Test
  void portThatIsTakenIsNamedWithItsKey() {
    var analyzer = new HostFailureAnalyzer(environment(Map.of("MANAGEMENT_SERVER_PORT", "9000")));
    var start = new IllegalStateException("start", new PortInUseException(9000));
    assertThat(analyzer.analyze(start).getDescription())
        .isEqualTo("Port 9000 is already in use: stop the process that listens on "
            + "it, or choose another one with management.server.port.");
    assertThat(analyzer.analyze(new PortInUseException(8000)).getDescription()).endsWith("with server.port.");
    assertThat(analyzer.analyze(new PortInUseException(8090)).getDescription())
        .endsWith("with hyperfleet.gitops.audit.port.");
  }

  @Test
  void messageThatBeginsWithItsKeyNeedsNoTrace() {
    var analyzer = new HostFailureAnalyzer(environment(Map.of()));
    assertThat(analyzer
        .analyze(new RuntimeException("bean",
            new IllegalArgumentException("hyperfleet.auth.issuers[0].issuer-url: is required")))
        .getDescription()).isEqualTo("hyperfleet.auth.issuers[0].issuer-url: is required");
    assertThat(analyzer.analyze(new IllegalStateException("no bean of that name"))).isNull();
  }

  private static List<String> problems(String variables) {
    var settings = new HashMap<String, Object>(RIGHT);
    for (String variable : variables == null ? new String[0] : variables.split(" ")) {
      settings.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
    }
    return HostProblems.of(environment(settings));
  }

  private static StandardEnvironment environment(Map<String, Object> variables) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    environment.getPropertySources().addFirst(
        new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    DEFAULTS.forEach(environment.getPropertySources()::addLast);
    ConfigurationPropertySources.attach(environment);
    return environment;
  }
}
