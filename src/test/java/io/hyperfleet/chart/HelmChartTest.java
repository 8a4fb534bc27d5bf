package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonParser;
import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.hyperfleet.dryrun.HyperFleetCommands;
import io.hyperfleet.policy.PolicyProperties;
import io.hyperfleet.policy.StrictManifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.FileSystemUtils;

class HelmChartTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final KubernetesSerialization KINDS = new KubernetesSerialization();

  @BeforeAll
  static void helm() {
    Chart.assumeHelm();
  }

  @Test
  void lintFindsNothing(@TempDir Path folder) throws IOException {
    FileSystemUtils.copyRecursively(Chart.FOLDER, folder);
    var values = folder.resolve("values.yaml");
    Files.writeString(values, Files.readString(values).replace("projectId: \"\"", "projectId: fleet-prod"));

    assertThat(new Helm(folder).lint().strict().call().getMessages()).allMatch(message -> message.startsWith("[INFO]"));
  }

  @Test
  void theChartIsOfThisVersion() throws IOException {
    var pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom).contains("<version>" + Chart.file("Chart.yaml").path("appVersion").asText() + "</version>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "emulator", "gke"})
  void everyObjectIsOneThatKubernetesKnows(String values) throws Exception {
    for (JsonNode object : Chart.render(values)) {
      var type = KINDS.getRegisteredKubernetesResource(object.path("apiVersion").asText(), Chart.kind(object));
      assertThat(type).as("%s", object.path("kind")).isNotNull();
      assertThat(StrictManifest.problems(JSON.convertValue(object, Map.class)))
          .as("%s %s", Chart.kind(object), Chart.name(object)).isEmpty();
      assertIsComplete(object);
    }
  }

  /** Asks the model that is generated from Kubernetes' own schema, which the operator's kinds are not part of. */
  private static void assertIsComplete(JsonNode object) throws Exception {
    if (object.path("apiVersion").asText().startsWith("monitoring.coreos.com/")) {
      return;
    }
    var version = object.path("apiVersion").asText().replaceFirst(".*/", "");
    var type = Class
        .forName("io.kubernetes.client.openapi.models." + version.substring(0, 1).toUpperCase() + version.substring(1)
            + Chart.kind(object));
    Method validate = type.getMethod("validateJsonElement", com.google.gson.JsonElement.class);
    validate.invoke(null, JsonParser.parseString(object.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "emulator", "gke"})
  void namesAreUniqueAndNothingIsReferredToThatIsNotThere(String values) {
    var objects = Chart.render(values);
    assertThat(objects.stream().map(object -> Chart.kind(object) + " " + object.at("/metadata/namespace").asText() + " "
        + Chart.name(object))).doesNotHaveDuplicates();
    for (JsonNode pods : objects.stream().map(object -> object.at("/spec/template/spec")).filter(JsonNode::isObject)
        .toList()) {
      Chart.find(objects, "ServiceAccount", pods.path("serviceAccountName").asText());
      for (JsonNode volume : pods.path("volumes")) {
        if (volume.has("configMap")) {
          Chart.find(objects, "ConfigMap", volume.at("/configMap/name").asText());
        }
      }
      var volumes = pods.path("volumes").findValuesAsText("name");
      for (JsonNode mount : pods.at("/containers/0/volumeMounts")) {
        assertThat(volumes).contains(mount.path("name").asText());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "emulator", "gke"})
  void podsHaveNoMoreRightsThanTheyNeed(String values) {
    var workloads = Chart.render(values).stream().filter(object -> object.at("/spec/template/spec").isObject())
        .toList();
    assertThat(workloads).isNotEmpty().allSatisfy(workload -> {
      var pods = workload.at("/spec/template/spec");
      assertThat(pods.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
      assertThat(pods.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
      var container = pods.at("/containers/0/securityContext");
      assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
      assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
      assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
      // Only those that act on Kubernetes, or watch it, can show it who they are.
      assertThat(pods.path("automountServiceAccountToken").asBoolean(true)).isEqualTo(
          Chart.name(workload).contains("-adapter") || Chart.name(workload).endsWith("-gitops")
              || Chart.name(workload).endsWith("-sentinel") && values.equals("everything"));
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "everything", "emulator", "gke"})
  void rolesAreOfOneNamespaceAndNameWhatTheyAllow(String values) {
    var objects = Chart.render(values);
    assertThat(objects).noneMatch(object -> Chart.kind(object).startsWith("ClusterRole"));
    assertThat(objects.stream().filter(object -> Chart.kind(object).equals("Role"))).isNotEmpty().allSatisfy(role -> {
      assertThat(role.at("/metadata/namespace").asText())
          .isEqualTo(Chart.name(role).endsWith("-election") ? Chart.NAMESPACE : "hyperfleet-adapters");
      assertThat(role.findValues("verbs").toString() + role.findValues("resources") + role.findValues("apiGroups"))
          .doesNotContain("*").doesNotContain("secrets");
    });
  }

  @Test
  void anAdaptersRoleComesFromItsManifests() {
    var objects = Chart.render("everything");
    assertThat(rules(objects, "fleet-hyperfleet-adapter-networks")).containsExactlyInAnyOrder(
        "networking.k8s.io networkpolicies get list watch create patch delete",
        " configmaps get list watch create patch delete",
        " services get list",
        " pods events list");
    assertThat(rules(objects, "fleet-hyperfleet-adapter-validation")).containsExactlyInAnyOrder(
        "batch jobs get list watch create delete",
        " pods events list");
    assertThat(rules(objects, "fleet-hyperfleet-adapter-dns")).contains(
        "dns.hyperfleet.io dnsrecords get list watch create patch delete");
  }

  @Test
  void theValuesOfAdaptersInTheImageAreAsTheirFoldersSay() throws IOException {
    var adapters = Chart.file("values.yaml").path("adapters");
    try (var folders = Files.list(Path.of("src/main/resources/adapters"))) {
      assertThat(folders).hasSize(adapters.size()).allSatisfy(folder -> {
        var spec = Chart.objects(Files.readString(folder.resolve("adapter.yaml"))).get(0).path("spec");
        var values = adapters.path(folder.getFileName().toString());
        assertThat(values.path("template").asText("job-adapter")).as("%s", folder)
            .isEqualTo(spec.path("template").asText());
        try (var files = Files.list(folder)) {
          assertThat(JSON.convertValue(values.path("kinds"), String[].class)).containsExactlyInAnyOrderElementsOf(
              files.filter(file -> !file.endsWith("adapter.yaml")).map(HelmChartTest::type).distinct().toList());
        }
      });
    }
  }

  private static String type(Path manifest) {
    try {
      var object = Chart.objects(Files.readString(manifest)).get(0);
      return object.path("apiVersion").asText() + "/" + Chart.kind(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> rules(List<JsonNode> objects, String role) {
    return Stream.of(JSON.convertValue(Chart.find(objects, "Role", role).path("rules"), JsonNode[].class)).map(
        rule -> words(rule.path("apiGroups")) + " " + words(rule.path("resources")) + " " + words(rule.path("verbs")));
  }

  private static String words(JsonNode list) {
    return String.join(" ", JSON.convertValue(list, String[].class));
  }

  @Test
  void everyRoleRunsWithItsOwnPropertiesOnly() {
    var objects = Chart.render("everything");
    assertThat(config(objects, "api").at("/hyperfleet/roles").asText()).isEqualTo("api");
    assertThat(config(objects, "api").at("/spring/flyway/enabled").asBoolean(true)).isFalse();
    assertThat(config(objects, "api").at("/hyperfleet/auth/issuers/0/audience").asText()).isEqualTo("hyperfleet-api");
    assertThat(config(objects, "sentinel").at("/hyperfleet/api/base-url").asText())
        .isEqualTo("http://fleet-hyperfleet-api:8000");
    var networks = config(objects, "adapter-networks");
    assertThat(networks.at("/hyperfleet/adapters/enabled").toString()).isEqualTo("[\"networks\"]");
    assertThat(networks.at("/hyperfleet/adapters/location").asText()).isEqualTo("/etc/hyperfleet/adapters");
    assertThat(networks.at("/hyperfleet/adapters/policy/adapters/networks/kinds").toString())
        .isEqualTo("[\"NetworkPolicy.networking.k8s.io\",\"ConfigMap\",\"Service\"]");
    assertThat(networks.at("/hyperfleet/adapters/policy/adapters/networks/podSecurity").asText())
        .isEqualTo("restricted");
    assertThat(networks.at("/hyperfleet/adapters/policy/adapters/networks/permissions").toString())
        .isEqualTo("[\"probe-hosts\"]");
    assertThat(objects).noneMatch(object -> Chart.name(object).contains("adapter-machines"));
    assertThat(config(Chart.render("emulator"), "api").at("/spring/flyway/enabled").asBoolean()).isTrue();
  }

  private static JsonNode config(List<JsonNode> objects, String component) {
    return Chart
        .objects(
            Chart.find(objects, "ConfigMap", "fleet-hyperfleet-" + component).at("/data/application.yaml").asText())
        .get(0);
  }

  /** Eight JVMs instead of sixteen, and each adapter may still do only what its own manifests need. */
  @Test
  void adaptersShareADeploymentAndNoPermissionOfTheirs() throws IOException {
    var objects = Chart.render("minimal");
    assertThat(objects.stream().filter(object -> Chart.kind(object).equals("Deployment")).map(Chart::name))
        .containsExactlyInAnyOrder(
            "fleet-hyperfleet-api", "fleet-hyperfleet-outbox", "fleet-hyperfleet-sentinel",
            "fleet-hyperfleet-adapters");
    var adapters = config(objects, "adapters").at("/hyperfleet/adapters");
    assertThat(adapters.path("enabled").toString())
        .isEqualTo("[\"dns\",\"hyperfleet\",\"machines\",\"placement\",\"validation\"]");
    assertThat(adapters.path("location").isMissingNode()).isTrue();
    var policy = policy(objects, "adapters");
    assertThat(policy.kinds()).as("of an adapter that is not listed").isEmpty();
    assertThat(policy.namespaces()).isEmpty();
    assertThat(policy.adapters().get("dns").kinds()).containsExactly("DnsRecord.dns.hyperfleet.io");
    assertThat(policy.adapters().get("validation").kinds()).containsExactly("Job.batch");
    assertThat(policy.adapters().values()).hasSize(5)
        .allSatisfy(adapter -> assertThat(adapter.namespaces()).containsExactly("hyperfleet-adapters"));
    assertThat(rules(objects, "fleet-hyperfleet-adapter-dns")).containsExactlyInAnyOrder(
        "dns.hyperfleet.io dnsrecords get list watch create patch delete", " pods events list");
    assertThat(objects.stream().filter(object -> Chart.kind(object).equals("RoleBinding"))).hasSize(5).allSatisfy(
        binding -> assertThat(binding.at("/subjects/0/name").asText()).isEqualTo("fleet-hyperfleet-adapters"));
  }

  /** As the process reads it. */
  private static PolicyProperties policy(List<JsonNode> objects, String component) throws IOException {
    var text = Chart.find(objects, "ConfigMap", "fleet-hyperfleet-" + component).at("/data/application.yaml").asText();
    var sources = new YamlPropertySourceLoader().load(component,
        new ByteArrayResource(text.getBytes(StandardCharsets.UTF_8)));
    return new Binder(ConfigurationPropertySources.from(sources))
        .bind("hyperfleet.adapters.policy", PolicyProperties.class).get();
  }

  @Test
  void anAdapterWithADeploymentOfItsOwnSharesNoServiceAccount() {
    var objects = Chart.render("everything");
    assertThat(config(objects, "adapters").at("/hyperfleet/adapters/enabled").toString())
        .isEqualTo("[\"dns\",\"hyperfleet\",\"validation\"]");
    for (String own : List.of("placement", "networks")) {
      var name = "fleet-hyperfleet-adapter-" + own;
      assertThat(Chart.find(objects, "Deployment", name).at("/spec/template/spec/serviceAccountName").asText())
          .isEqualTo(name);
      assertThat(Chart.find(objects, "RoleBinding", name).at("/subjects/0/name").asText()).isEqualTo(name);
      assertThat(config(objects, "adapter-" + own).at("/hyperfleet/adapters/enabled").toString())
          .isEqualTo("[\"" + own + "\"]");
    }
    assertThat(Chart.find(objects, "RoleBinding", "fleet-hyperfleet-adapter-dns").at("/subjects/0/name").asText())
        .isEqualTo("fleet-hyperfleet-adapters");
  }

  @Test
  void theFolderOfAnAdapterIsMountedWhereItRuns(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("values.yaml"), """
        adapters:
          networks:
            definition: {apiVersion: hyperfleet.io/v1, kind: Adapter, metadata: {name: networks}, spec: {template: job-adapter}}
            manifests: {job.yaml: {apiVersion: batch/v1, kind: Job}}
        """);
    var objects = Chart.render("minimal", file);
    var pods = Chart.find(objects, "Deployment", "fleet-hyperfleet-adapters").at("/spec/template/spec");
    assertThat(pods.at("/containers/0/volumeMounts").findValuesAsText("mountPath"))
        .contains("/etc/hyperfleet/adapters/networks");
    assertThat(pods.path("volumes").findValues("configMap").toString())
        .contains("fleet-hyperfleet-adapter-networks-definition");
    assertThat(config(objects, "adapters").at("/hyperfleet/adapters/location").asText())
        .isEqualTo("/etc/hyperfleet/adapters");
  }

  /** As docs/operations.md says: its folder in the place of the built-in adapter's. */
  @Test
  void externalDnsTakesThePlaceOfDns(@TempDir Path folder) throws IOException {
    var example = Path.of("examples/adapters/external-dns");
    var dns = Files.createDirectories(folder.resolve("dns"));
    var definition = Files.readString(example.resolve("adapter.yaml")).replace("name: external-dns", "name: dns");
    Files.writeString(dns.resolve("adapter.yaml"), definition);
    Files.copy(example.resolve("endpoint.yaml"), dns.resolve("endpoint.yaml"));
    var said = new StringWriter();
    assertThat(HyperFleetCommands.run(new PrintWriter(said, true), new PrintWriter(said, true), "adapter", "lint",
        dns.toString())).as("%s", said).isZero();

    var values = folder.resolve("values.yaml");
    JSON.writeValue(values.toFile(), Map.of("adapters", Map.of("dns", Map.of("kinds", List.of(),
        "definition", Chart.objects(definition).get(0), "manifests",
        Map.of("endpoint.yaml", Files.readString(example.resolve("endpoint.yaml")))))));
    var objects = Chart.render("minimal", values);
    assertThat(rules(objects, "fleet-hyperfleet-adapter-dns")).containsExactlyInAnyOrder(
        "externaldns.k8s.io dnsendpoints get list watch create patch delete", " pods events list");
    assertThat(policy(objects, "adapters").adapters().get("dns").kinds())
        .containsExactly("DNSEndpoint.externaldns.k8s.io");
  }

  /** Helm shows the notes at an installation only, so that they are made an object here. */
  @Test
  void theNotesSayWhatRunsWhereAndWhoHasToFulfilDnsRecords(@TempDir Path folder) throws IOException {
    FileSystemUtils.copyRecursively(Chart.FOLDER, folder);
    Files.writeString(folder.resolve("templates/_notes.tpl"),
        "{{ define \"notes\" }}" + Files.readString(folder.resolve("templates/NOTES.txt")) + "{{ end }}");
    Files.writeString(folder.resolve("templates/notes.yaml"), """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: notes}
        data: {text: {{ include "notes" . | toJson }}}
        """);
    assertThat(notes(folder, "minimal"))
        .contains("Adapters of fleet-hyperfleet-adapters: dns, hyperfleet, machines, placement, validation\n",
            "No cluster becomes Ready until it is fulfilled", "kubectl apply -f crds/",
            "Create their topics and subscriptions yourself")
        .doesNotContain("Everybody who can reach the API");
    assertThat(notes(folder, "everything")).contains(
        "Adapters of fleet-hyperfleet-adapters: dns, hyperfleet, validation\n",
        "Adapters of fleet-hyperfleet-adapter-networks: networks\n");
    assertThat(notes(folder, "emulator")).contains("Everybody who can reach the API may change the fleet")
        .doesNotContain("Create their topics and subscriptions yourself");
  }

  private static String notes(Path chart, String values) {
    var rendered = new Helm(chart).template().withName(Chart.RELEASE).withNamespace(Chart.NAMESPACE)
        .withKubeVersion(Chart.KUBERNETES)
        .withValuesFile(chart.resolve("ci/" + values + "-values.yaml")).call();
    return Chart.find(Chart.objects(rendered), "ConfigMap", "notes").at("/data/text").asText();
  }

  @Test
  void theDefaultsAskForWhatTheReadmeSays() throws IOException {
    var megabytes = Chart.render("minimal").stream().filter(object -> Chart.kind(object).equals("Deployment"))
        .mapToInt(deployment -> deployment.at("/spec/replicas").asInt() * Integer.parseInt(deployment
            .at("/spec/template/spec/containers/0/resources/requests/memory").asText().replace("Mi", "")))
        .sum();
    assertThat(Files.readString(Chart.FOLDER.resolve("README.md"))).contains("ask for " + megabytes / 1024.0 + " GiB");
  }

  /** The cluster's API server shows its keys to nobody without a token. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      https://kubernetes.default.svc/openid/v1/jwks               | jwks-url | true
      https://kubernetes.default.svc.cluster.local/openid/v1/jwks | jwksUrl  | true
      https://sso.example.com/keys                                | jwks-url | false
      https://kubernetes.default.example.com/keys                 | jwks-url | false
      """)
  void theApiHasATokenForTheKeysOfItsOwnCluster(String url, String key, boolean token) {
    var issuer = "config.hyperfleet.auth.issuers[0].";
    var pods = Chart.find(
        Chart.render("minimal",
            Map.of(issuer + "issuer-url", "https://kubernetes.default.svc.cluster.local", issuer + key, url)),
        "Deployment", "fleet-hyperfleet-api").at("/spec/template/spec");
    assertThat(pods.at("/containers/0/volumeMounts").findValuesAsText("mountPath")
        .contains("/var/run/secrets/kubernetes.io/serviceaccount"))
        .isEqualTo(token);
    assertThat(pods.path("volumes").toString().contains("kube-root-ca.crt")).isEqualTo(token);
    assertThat(pods.path("automountServiceAccountToken").asBoolean(true)).isFalse();
  }

  @Test
  void theAuditLogIsTakenOverTlsOnly() {
    var objects = Chart.render("everything");
    assertThat(config(objects, "gitops").at("/hyperfleet/gitops/audit/ssl-bundle").asText()).isEqualTo("audit");
    var certificate = config(objects, "gitops").at("/spring/ssl/bundle/pem/audit/keystore/certificate").asText();
    assertThat(
        Chart.find(objects, "Deployment", "fleet-hyperfleet-gitops").at("/spec/template/spec/containers/0/volumeMounts")
            .findValuesAsText("mountPath"))
        .contains(Path.of(certificate).getParent().toString());
    assertThatThrownBy(() -> Chart.render("everything", Map.of("gitops.audit.tlsSecret", "")))
        .hasMessageContaining("gitops.audit.tlsSecret: name the Secret with tls.crt and tls.key");
  }

  /** So that a change of them needs no restart. */
  @Test
  void destinationsOfGitOpsAreInAFileOfTheirOwn(@TempDir Path folder) throws IOException {
    var objects = Chart.render("everything");
    assertThat(config(objects, "gitops").at("/hyperfleet/gitops/destinations").isMissingNode()).isTrue();
    assertThat(config(objects, "gitops").at("/hyperfleet/gitops/destinations-file").asText())
        .isEqualTo("/etc/hyperfleet/config/destinations.yaml");
    assertThat(config(objects, "gitops").at("/spring/ssl/bundle/pem/audit/reload-on-update").asBoolean()).isTrue();
    var adapters = destinations(objects);
    assertThat(adapters.at("/0/branch").asText()).isEqualTo("feature/x");
    assertThat(adapters.at("/0/base-folder").asText()).isEqualTo("clusters/prod");
    assertThat(adapters.at("/0/rules/0").toString()).isEqualTo("{\"api-groups\":[\"batch\"],\"resources\":[\"jobs\"],"
        + "\"namespaces\":[\"hyperfleet-adapters\"],\"labels\":{\"[hyperfleet.io/managed-by]\":\"\"}}");

    var more = Files.writeString(folder.resolve("values.yaml"), """
        gitops:
          enabled: true
          repository: {url: "https://git.example.com/fleet.git"}
          destinations: [{name: config, base-folder: clusters, rules: [{resources: [configmaps]}]}]
        """);
    assertThat(destinations(Chart.render("minimal", more)).toString())
        .isEqualTo("[{\"base-folder\":\"clusters\",\"name\":\"config\",\"rules\":[{\"resources\":[\"configmaps\"]}]}]");
  }

  private static JsonNode destinations(List<JsonNode> objects) {
    return Chart
        .objects(Chart.find(objects, "ConfigMap", "fleet-hyperfleet-gitops").at("/data/destinations.yaml").asText())
        .get(0)
        .path("destinations");
  }

  @Test
  void consoleIsReachedByItsIngressAndHasTheRightsOfItsUsers() {
    assertThat(Chart.render("minimal")).noneMatch(object -> Chart.name(object).endsWith("-console"));
    var objects = Chart.render("everything");
    var config = config(objects, "console");
    assertThat(config.at("/hyperfleet/roles").asText()).isEqualTo("console");
    assertThat(config.at("/hyperfleet/console/api-url").asText()).isEqualTo("http://fleet-hyperfleet-api:8000");
    assertThat(config.at("/hyperfleet/console/login/issuer-url").asText())
        .isEqualTo("https://sso.example.com/realms/fleet");
    assertThat(config.at("/hyperfleet/api/token-file").isMissingNode()).isTrue();
    assertThat(config.at("/server/forward-headers-strategy").asText()).isEqualTo("native");
    var pod = Chart.find(objects, "Deployment", "fleet-hyperfleet-console").at("/spec/template/spec");
    assertThat(pod.path("automountServiceAccountToken").asBoolean()).isFalse();
    assertThat(pod.path("volumes")).noneMatch(volume -> volume.has("projected"));
    assertThat(pod.at("/containers/0/env")).anySatisfy(variable -> {
      assertThat(variable.path("name").asText()).isEqualTo("HYPERFLEET_CONSOLE_LOGIN_CLIENTSECRET");
      assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("console-client");
    }).noneMatch(variable -> variable.path("name").asText().startsWith("SPRING_DATASOURCE"));
    var ingress = Chart.find(objects, "Ingress", "fleet-hyperfleet-console");
    assertThat(ingress.at("/spec/rules/0/host").asText()).isEqualTo("fleet.example.com");
    assertThat(ingress.at("/spec/rules/0/http/paths/0/path").asText()).isEqualTo("/console");
    assertThat(ingress.at("/spec/tls/0/secretName").asText()).isEqualTo("fleet-tls");
    assertThat(Chart.find(objects, "Service", "fleet-hyperfleet-console").at("/spec/ports/0/targetPort").asText())
        .isEqualTo("console");
  }

  @Test
  void noSecretIsInAnObject() {
    assertThat(Chart.render("everything")).noneMatch(object -> Chart.kind(object).equals("Secret"));
    var env = Chart.find(Chart.render("everything"), "Deployment", "fleet-hyperfleet-api")
        .at("/spec/template/spec/containers/0/env");
    assertThat(env).anySatisfy(variable -> {
      assertThat(variable.path("name").asText()).isEqualTo("SPRING_DATASOURCE_PASSWORD");
      assertThat(variable.at("/valueFrom/secretKeyRef/key").asText()).isEqualTo("db.password");
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      broker.projectId                  | X                | broker/projectId
      api.replicas                      | -1               | api/replicas
      api.replica                       | 2                | replica
      image.pullPolicy                  | Sometimes        | image/pullPolicy
      database.sslMode                  | prefer           | database/sslMode
      adapters.Upper.replicas           | 1                | Upper
      adapters.dns.kinds[0]             | Job              | adapters/dns
      adapters.fresh.template           | job-adapter      | adapters.fresh: give kinds of an adapter in the image, or definition and manifests
      adapters.dns.replicas             | 1                | adapters.dns.replicas is of a Deployment: set adapters.dns.own: true
      adapters.fresh.manifests.a\\.yaml | nothing          | adapters.fresh.manifests.a.yaml: kind is missing
      apiToken.expirationSeconds        | 60               | apiToken/expirationSeconds
      console.ingress.host              | https://x        | console/ingress
      console.enabled                   | true             | console.login.issuerUrl and clientId are required
      """)
  void wrongValuesAreRefused(String key, String value, String message) {
    assertThatThrownBy(() -> Chart.render("minimal", Map.of(key, value))).hasMessageContaining(message);
  }
}
