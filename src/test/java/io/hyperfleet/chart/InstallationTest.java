package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import io.hyperfleet.docs.Page;
import io.hyperfleet.docs.Shell;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart's README installs what the operators' page speaks of. */
class InstallationTest {

  private static final Page README = Page.of(Chart.FOLDER.resolve("README.md"));
  private static final Page OPERATIONS = Page.of(Path.of("docs/operations.md"));
  private static final Path VALUES = Chart.FOLDER.resolve("ci/minimal-values.yaml");
  private static final Pattern URL = Pattern.compile("https://([a-z-]+):8000");

  private static List<JsonNode> objects;

  /** The command's words: what, name, chart, and options. */
  @BeforeAll
  static void install() {
    Chart.assumeHelm();
    var words = Shell.words(README.commands("helm").get(0), Map.of());
    assertThat(words).startsWith("helm", "install").contains("--namespace", "--values").hasSize(8);
    var helm = new Helm(Path.of(words.get(3)));
    var namespace = words.get(words.indexOf("--namespace") + 1);
    helm.install().withName(words.get(2)).withNamespace(namespace).withValuesFile(VALUES)
        .withKubeVersion(Chart.KUBERNETES).clientOnly().call();
    objects = Chart.objects(helm.template().withName(words.get(2)).withNamespace(namespace).withValuesFile(VALUES)
        .withKubeVersion(Chart.KUBERNETES).call());
  }

  @Test
  void whatIsForwardedToIsThere() {
    var words = OPERATIONS.commands("kubectl").stream().filter(command -> command.contains(" port-forward "))
        .map(command -> Shell.words(command, Map.of())).findFirst().orElseThrow();
    var deployment = Chart.find(objects, "Deployment",
        words.get(words.indexOf("port-forward") + 1).replace("deploy/", ""));
    assertThat(README.commands("helm").get(0)).contains(" --namespace " + words.get(words.indexOf("-n") + 1) + " ");
    assertThat(deployment.at("/spec/template/spec/containers/0/ports").findValuesAsText("containerPort"))
        .contains(words.get(words.size() - 1));
  }

  @Test
  void pathsOfPodsAreOfTheNamespaceAndTheManagementPort() {
    assertThat(OPERATIONS.commands("kubectl")).filteredOn(command -> command.contains(" --raw ")).isNotEmpty()
        .allSatisfy(command -> assertThat(command)
            .matches("kubectl -n (\\S+) get --raw \"/api/v1/namespaces/\\1/pods/\\$POD:8080/proxy/readyz\"")
            .contains(Chart.NAMESPACE));
  }

  @Test
  void theApiHasTheNameThatItIsCalledBy() {
    assertThat(URL.matcher(OPERATIONS.text()).results().map(found -> found.group(1))).isNotEmpty()
        .allSatisfy(name -> Chart.find(objects, "Service", name));
  }

  @Test
  void theSecretOfTheDatabaseHasTheKeysThatAreRead() {
    var command = README.commands("kubectl").stream().filter(each -> each.contains("hyperfleet-database")).findFirst()
        .orElseThrow();
    var keys = Shell.words(command, Map.of()).stream().filter(word -> word.startsWith("--from-"))
        .map(word -> word.split("=")[1]).toList();
    var read = new HashSet<String>();
    objects.forEach(object -> object.findValues("secretKeyRef").stream()
        .filter(reference -> reference.path("name").asText().equals("hyperfleet-database"))
        .forEach(reference -> read.add(reference.path("key").asText())));
    assertThat(read).isNotEmpty().isSubsetOf(keys);
    assertThat(keys).contains("db.password", "db.rootcert");
  }
}
