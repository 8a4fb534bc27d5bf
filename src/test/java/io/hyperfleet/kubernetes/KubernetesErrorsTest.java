package io.hyperfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose fault an error is, and in which words it is told; the answers are those of Kubernetes v1.36. */
class KubernetesErrorsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "s3cr3t";
  private static final int CASES = 2_000;

  private record Refusal(String name, KubernetesClientException failure) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Refusal> recorded() throws IOException {
    return recorded("answers");
  }

  private static Stream<Refusal> refusals() throws IOException {
    return recorded("refusals");
  }

  private static Stream<Refusal> recorded(String file) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/kubernetes/" + file + ".jsonl")).stream()
        .map(KubernetesErrorsTest::json)
        .filter(line -> line.path("status").asInt() >= 400 && line.path("answer").isObject())
        .map(line -> new Refusal(line.path("name").asText(),
            failure(JSON.convertValue(line.path("answer"), Status.class))));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void everyRefusalIsTheRequestsFault(Refusal refusal) {
    assertThat(KubernetesErrors.isRefusal(refusal.failure())).isTrue();
    assertThat(KubernetesErrors.passing(refusal.failure())).isFalse();
    assertThat(KubernetesErrors.refusal(refusal.failure())).hasSizeLessThan(900).doesNotContain("null", "busybox",
        "valueUnstructured");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      apply-unknown-field             | Deployment g-dep does not fit its schema: .spec.replica: field not declared in schema. Correct the adapter's manifest.
      apply-wrong-type-string-for-int | Deployment g-dep does not fit its schema: .spec.replicas: expected numeric (int or float), got text. Correct the adapter's manifest.
      apply-wrong-type-int-for-string | ConfigMap g-cm does not fit its schema: .data.start: expected string, got a number: put it in quotes. Correct the adapter's manifest.
      apply-wrong-type-bool-for-string | ConfigMap g-cm does not fit its schema: .data.on: expected string, got a boolean: put it in quotes. Correct the adapter's manifest.
      apply-duplicate-map-key         | Deployment g-dep does not fit its schema: .spec.template.spec.containers[name="c"].env: duplicate entries for key [name="A"]. Correct the adapter's manifest.
      apply-env-number                | Deployment g-dep does not fit its schema: .spec.template.spec.containers[name="c"].env[name="A"].value: expected string, got a number: put it in quotes. Correct the adapter's manifest.
      apply-invalid-value             | Deployment g-dep is invalid: spec.replicas: must be greater than or equal to 0. Correct the adapter's manifest.
      apply-immutable-selector        | Deployment g-dep is invalid: spec.selector: field is immutable. The field is immutable: set onChange: recreate for this resource of the adapter to replace the object, or revert the change.
      job-apply-template              | Job g-job is invalid: spec.template: field is immutable. The field is immutable: set onChange: recreate for this resource of the adapter to replace the object, or revert the change.
      apply-conflict                  | Apply failed: .spec.replicas: conflict with "hyperfleet-x". Remove the field from the manifest, or have its other manager release it.
      job-create-unknown-field-strict | Job: strict decoding error: unknown field "spec.backofLimit". Correct the adapter's manifest.
      job-create-wrong-type           | Job: spec.backoffLimit: expected int32, got string. Correct the adapter's manifest.
      job-create-restart-policy       | Job g-job5 is invalid: spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never". Correct the adapter's manifest.
      apply-missing-namespace         | namespaces "nosuch" not found. Create the namespace, or install the custom resource definition.
      crd-map-key-not-required        | CustomResourceDefinition gs.example.com is invalid: spec.validation.openAPIV3Schema.properties[status].properties[conditions].x-kubernetes-list-map-keys: entries must all be names of item properties. Correct the adapter's manifest.
      """)
  void saysFieldAndReasonAndWhatToDo(String name, String words) throws IOException {
    assertThat(KubernetesErrors
        .refusal(recorded().filter(refusal -> refusal.name().equals(name)).findFirst().orElseThrow().failure()))
        .isEqualTo(words);
  }

  @Test
  void tellsPolicyAndQuotaFromPermissions() throws IOException {
    assertThat(recorded().filter(refusal -> refusal.failure().getCode() == 403).map(Refusal::failure)
        .map(KubernetesErrors::refusal))
        .hasSize(2)
        .anySatisfy(words -> assertThat(words).contains("exceeded quota")
            .endsWith("Raise the quota of the namespace or delete "
                + "workloads that are no longer needed."))
        .anySatisfy(words -> assertThat(words).contains("violates PodSecurity")
            .endsWith("or change the rule that rejects it."));
  }

  /**
   * Permissions and credentials are the platform's, what quotas and admission refuse is the manifest's, whatever the
   * words are.
   */
  @ParameterizedTest
  @MethodSource("refusals")
  void tellsWhoseFaultARefusalIs(Refusal refusal) {
    boolean denied = refusal.name().startsWith("rbac-") && !refusal.name().equals("rbac-escalation")
        || refusal.name().startsWith("wrong-token");
    boolean passing = List.of("webhook-broken", "webhook-code-429").contains(refusal.name());

    assertThat(KubernetesErrors.isRefusal(refusal.failure())).isEqualTo(!denied && !passing);
    assertThat(KubernetesErrors.passing(refusal.failure())).as("what the circuit counts").isEqualTo(passing);
    var words = denied || passing
        ? KubernetesErrors.platform(refusal.failure())
        : KubernetesErrors.refusal(refusal.failure());
    assertThat(words).doesNotContain("null", "..", ". .").hasSizeLessThan(900)
        .startsWith(denied
            ? "The Kubernetes API denied access: "
            : passing ? "Cannot connect to Kubernetes API: " : "");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      float-for-number       | Deployment g-t does not fit its schema: expected a whole number (int32), got one with a fraction
      quantity-bad           | Deployment g-t does not fit its schema: a quantity must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
      int-or-string-float    | Deployment g-t does not fit its schema: expected a whole number or text, got number
      secret-data-not-base64 | Secret g-t does not fit its schema: invalid base64 at input byte 0
      quantity-map           | Deployment g-t does not fit its schema: .spec.template.spec.containers[name="c"].resources.limits.cpu: expected any scalar, got a map
      text-in-list-of-maps   | Deployment g-t does not fit its schema: .spec.template.spec.containers[name="c"].env: element 0: associative list with keys may not have non-map elements
      text-for-bool          | Deployment g-t does not fit its schema: .spec.paused: expected boolean
      secret-name-in-value   | Deployment g-t does not fit its schema: .spec.template.spec.containers[name="c"].env[name="A"].value: expected string, got a map
      """)
  void saysWhatDoesNotFit(String name, String words) throws IOException {
    assertThat(KubernetesErrors
        .refusal(typedPatches().filter(refusal -> refusal.name().equals(name)).findFirst().orElseThrow().failure()))
        .isEqualTo(words + ". Correct the adapter's manifest.");
  }

  private static Stream<Refusal> typedPatches() throws IOException {
    return recorded("typed-patches");
  }

  /**
   * In words of its own, with the field where Kubernetes names one, and without Go's way to print what stands there.
   */
  @ParameterizedTest
  @MethodSource("typedPatches")
  void aManifestThatDoesNotFitItsSchemaIsItsOwnFault(Refusal refusal) {
    var words = KubernetesErrors.refusal(refusal.failure());

    assertThat(KubernetesErrors.isRefusal(refusal.failure())).isTrue();
    assertThat(KubernetesErrors.passing(refusal.failure())).isFalse();
    assertThat(words).matches("(?s)\\w+( g-t)? (is invalid|does not fit its schema): .*")
        .endsWith(". Correct the adapter's manifest.")
        .doesNotContain("interface {}", "&{", "hush", "null,", "map[", "unable to convert", "failed to")
        .hasSizeLessThan(900);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      rbac-create-job           | service account g-refused/stranger may not create jobs.batch in the namespace g-refused. Grant create on jobs.batch to the adapter's Role
      rbac-get-job              | service account g-refused/stranger may not get jobs.batch in the namespace g-refused. Grant get on jobs.batch to the adapter's Role
      rbac-list-jobs            | service account g-refused/stranger may not list jobs.batch in the namespace g-refused. Grant list on jobs.batch to the adapter's Role
      rbac-watch-all            | service account g-refused/stranger may not watch jobs.batch. Grant watch on jobs.batch to the adapter's ClusterRole
      rbac-delete-job           | service account g-refused/stranger may not delete jobs.batch in the namespace g-refused. Grant delete on jobs.batch to the adapter's Role
      rbac-apply-configmap      | service account g-refused/stranger may not patch configmaps in the namespace g-refused. Grant patch on configmaps to the adapter's Role
      rbac-apply-without-create | user patcher may not create deployments.apps in the namespace g-refused. Grant create on deployments.apps to the adapter's Role
      rbac-patch-status         | service account g-refused/stranger may not patch deployments.apps/status in the namespace g-refused. Grant patch on deployments.apps/status to the adapter's Role
      rbac-pod-log              | service account g-refused/stranger may not get pods/log in the namespace g-refused. Grant get on pods/log to the adapter's Role
      rbac-binding-without-role | user halfbound may not create jobs.batch in the namespace g-refused (RBAC: role.rbac.authorization.k8s.io "nosuch" not found). Grant create on jobs.batch to the adapter's Role
      rbac-path                 | service account g-refused/stranger may not get the path "/metrics". Grant get on the path "/metrics" to the adapter's ClusterRole
      wrong-token               | Unauthorized. Check the credentials of the adapter's service account or kubeconfig
      """)
  void saysWhoMayNotDoWhatAndWhatToGrant(String name, String words) throws IOException {
    assertThat(KubernetesErrors.platform(refusal(name))).isEqualTo(
        "The Kubernetes API denied access: " + words + ". The next event tries again.");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      quota-without-limits   | pods "g-pod" is forbidden: failed quota: jobs: must specify limits.cpu for: c. Correct the adapter's manifest, or change the rule that rejects it.
      namespace-ending-apply | deployments.apps "g-dep" is forbidden: unable to create new content in namespace g-ending because it is being terminated. The namespace is being deleted: recreate it.
      policy-invalid         | jobs.batch "g-invalid" is forbidden: ValidatingAdmissionPolicy 'g-policy' with binding 'g-policy' denied request: no such Jobs here. Correct the adapter's manifest.
      webhook-like-rbac      | admission webhook "g-denies.example.com" denied the request: User "me" cannot create resource "jobs" in API group "batch". Correct the adapter's manifest.
      webhook-code-503       | admission webhook "g-denies.example.com" denied the request: no jobs on Mondays. Correct the adapter's manifest.
      too-large-1600000      | Job g-big is too large: Kubernetes stores at most 1.5 MiB per object. Correct the adapter's manifest.
      too-large-record       | etcdserver: request is too large. Correct the adapter's manifest.
      job-huge-int           | Job: spec.backoffLimit: expected int32, got number. Correct the adapter's manifest.
      """)
  void saysWhatToCorrect(String name, String words) throws IOException {
    assertThat(KubernetesErrors.refusal(refusal(name))).isEqualTo(words);
  }

  private static KubernetesClientException refusal(String name) throws IOException {
    return refusals().filter(refusal -> refusal.name().equals(name)).findFirst().orElseThrow().failure();
  }

  /** Whatever names and words are in it, a permission is told from what an admission webhook says. */
  @Test
  void takesNoWordsOfAWebhookForAMissingPermission() {
    var random = new Random(16);
    for (int i = 0; i < CASES; i++) {
      var lacking = "%s is forbidden: User %s cannot %s resource \"%s\" in API group \"%s\" in the namespace \"n-%d\"%s"
          .formatted(
              pick(random, "jobs.batch", "configmaps", "dnsrecords.dns.hyperfleet.io", "jobs.batch \"a.b\""),
              pick(random, "\"system:serviceaccount:a:b\"", "\"a@b.example.com\"", "\"a \\\"cannot\\\" b\"",
                  "\"system:anonymous\""),
              pick(random, "create", "patch", "get", "list", "watch", "delete", "deletecollection"),
              pick(random, "jobs", "pods/log", "a"),
              pick(random, "", "batch", "dns.hyperfleet.io"), i,
              pick(random, "", ": requires one of [\"container.jobs.create\"] permission(s).",
                  ": RBAC: clusterrole.rbac.authorization.k8s.io \"x\" not found"));
      var denied = pick(random, "admission webhook \"w.example.com\" denied the request: ",
          "pods \"p\" is forbidden: pod rejected: ",
          "jobs.batch \"x\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: ",
          "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\": ") + lacking;

      var platforms = failure(new StatusBuilder().withCode(403).withReason("Forbidden").withMessage(lacking).build());
      assertThat(KubernetesErrors.isRefusal(platforms)).as(lacking).isFalse();
      assertThat(KubernetesErrors.passing(platforms)).as(lacking).isFalse();
      assertThat(KubernetesErrors.platform(platforms)).as(lacking).contains(" may not ", "n-" + i)
          .doesNotContain("null");
      assertThat(KubernetesErrors
          .isRefusal(failure(new StatusBuilder().withCode(403).withReason("Forbidden").withMessage(denied).build())))
          .as(denied).isTrue();
    }
  }

  private static String pick(Random random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      500 | failed to create typed patch object (n/a; apps/v1, Kind=Deployment): .spec.x: field not declared in schema | true
      500 | failed to create typed patch object (n/a; example.com/v1, Kind=Thing): errors: | true
      500 | failed to convert new typed object (n/a; apps/v1, Kind=Deployment) to object: quantities must match the regular expression | true
      500 | failed to convert new object (n/a; apps/v1, Kind=Deployment) to proper version: unable to parse | true
      500 | etcdserver: request is too large | true
      500 | rpc error: code = ResourceExhausted desc = trying to send message larger than max (4194304 vs. 2097152) | true
      500 | admission webhook "a.example.com" denied the request: no | true
      400 | the body is not well | true
      404 | the server could not find the requested resource | true
      409 | Apply failed with 1 conflict: conflict with "x": .spec | true
      403 | jobs.batch "j" is forbidden: exceeded quota: jobs | true
      413 | Request entity too large: limit is 3145728 | true
      422 | Deployment.apps "a" is invalid | true
      500 | Internal error occurred: failed calling webhook "a.example.com": failed to call webhook: connection refused | false
      500 | etcdserver: leader changed | false
      500 | failed to create typed live object (n/a; apps/v1, Kind=Deployment): .spec.x: field not declared in schema | false
      500 | rpc error: code = Unavailable desc = keepalive ping failed | false
      503 | the server is currently unable to handle the request | false
      504 | Timeout: request did not complete within the requested timeout | false
      429 | the server has received too many requests and has asked us to try again later | false
      0   | Failed to connect | false
      """)
  void tellsWhatWillBeRefusedAgainFromWhatTimeMends(int code, String message, boolean refusal) {
    var failure = failure(
        new StatusBuilder().withCode(code).withReason(code == 403 ? "Forbidden" : null).withMessage(message).build());

    assertThat(KubernetesErrors.isRefusal(failure)).isEqualTo(refusal);
    assertThat(KubernetesErrors.passing(new IllegalStateException(failure))).isEqualTo(!refusal);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      FieldValueInvalid | Invalid value: []string{"10.0.0.1"}: may not change once set | true
      FieldValueForbidden | Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals' are forbidden | true
      FieldValueForbidden | Forbidden: field is immutable when `immutable` is set | true
      FieldValueForbidden | Forbidden: spec is immutable after creation except resources.requests | true
      FieldValueInvalid | Invalid value: "string": Value is immutable | true
      FieldValueInvalid | Invalid value: rbac.RoleRef{APIGroup:"a", Kind:"Role", Name:"b"}: cannot change roleRef | true
      FieldValueForbidden | Forbidden: pod updates may not change fields other than `spec.containers[*].image` | true
      FieldValueInvalid | Invalid value: "immutable": must be a number | false
      FieldValueRequired | Required value | false
      """)
  void saysHowToChangeWhatMayNotChange(String reason, String message, boolean immutable) {
    assertThat(words(422, "the whole of it", Map.of("spec.x", message)).contains("onChange: recreate"))
        .isEqualTo(immutable);
  }

  /** Whatever a manifest holds: its values, quoted as Kubernetes quotes them, are in no message. */
  @Test
  void repeatsNoValue() {
    var random = new Random(15);
    for (int i = 0; i < CASES; i++) {
      var value = value(random);
      for (var failure : List.of(invalid(random, value), unfit(random, value), undecodable(random, value))) {
        var words = KubernetesErrors.refusal(failure);
        assertThat(words).as("%s in %s", i, failure.getStatus().getMessage()).doesNotContain(SECRET)
            .doesNotContain("null")
            .contains("spec.field").hasSizeLessThan(1_500);
        assertThat(words).contains("orrect the adapter's manifest");
      }
    }
  }

  private static String value(Random random) {
    var hostile = List.of(": field is immutable", "\"", "\\", "}", "{", "]", "(", "`",
        "\n  .spec.field: expected string", ", got ", ": ",
        "\u2028", "'", "%s", "$1", "\\\"", "=\"", "Invalid value: ");
    var pieces = new ArrayList<String>(List.of(SECRET));
    for (int i = random.nextInt(4); i >= 0; i--) {
      pieces.add(hostile.get(random.nextInt(hostile.size())));
    }
    Collections.shuffle(pieces, random);
    return String.join("", pieces) + SECRET;
  }

  private static KubernetesClientException invalid(Random random, String value) {
    var prefix = List.of("Invalid value: ", "Unsupported value: ", "Duplicate value: ", "Not found: ")
        .get(random.nextInt(4));
    List<UnaryOperator<String>> printed = List.of(KubernetesErrorsTest::quoted,
        text -> "{\"a\":" + quoted(text) + ",\"b\":[1,null]}",
        text -> "[" + quoted(text) + "]", text -> "core.PodSpec{Name:" + quoted(text) + ", Env:[]core.EnvVar{}}",
        text -> "map[string]string{" + quoted(text) + ":" + quoted(text) + "}");
    var detail = random.nextBoolean() ? ": must be a number" : "";
    var message = prefix + printed.get(random.nextInt(printed.size())).apply(value) + detail;
    return failure(status(422, "it is invalid: " + message, Map.of("spec.field", message)));
  }

  private static KubernetesClientException unfit(Random random, String value) {
    var problems = List.of(
        ".spec.field: expected string, got &value.valueUnstructured{Value:map[string]interface {}{\"a\":"
            + quoted(value) + "}}",
        ".spec.field: expected list, got &{" + value + "}", ".spec.field: expected map, got &{[" + value + "]}",
        ".spec.field: duplicate entries for key [=" + quoted(value) + "]",
        ".spec.field[=" + quoted(value) + "]: expected string, got &{1}",
        ".spec.field: expected boolean, got &{" + value + "}");
    var chosen = new ArrayList<String>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      chosen.add(problems.get(random.nextInt(problems.size())));
    }
    return failure(status(500, "failed to create typed patch object (n/name; example.com/v1, Kind=Thing): "
        + (chosen.size() == 1 ? chosen.get(0) : "errors:\n  " + String.join("\n  ", chosen)), Map.of()));
  }

  private static KubernetesClientException undecodable(Random random, String value) {
    var problems = List.of(
        "json: cannot unmarshal number " + SECRET + "1.5 into Go struct field JobSpec.spec.field of type int32",
        "unknown field \"spec.field\", parsing time " + quoted(value) + " as \"2006-01-02T15:04:05Z07:00\"",
        "v1.Job.spec.field: ReadString: expects \" or n, but found 5, error found in #10 byte of ...|" + value
            + "|..., bigger context ...|"
            + value + "|...");
    return failure(status(400,
        "Job in version \"v1\" cannot be handled as a Job: " + problems.get(random.nextInt(problems.size())),
        Map.of()));
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String words(int code, String message) {
    return words(code, message, Map.of());
  }

  private static String words(int code, String message, Map<String, String> causes) {
    return KubernetesErrors.refusal(failure(status(code, message, causes)));
  }

  private static Status status(int code, String message, Map<String, String> causes) {
    var status = new StatusBuilder().withCode(code).withMessage(message);
    if (!causes.isEmpty()) {
      var details = status.withNewDetails().withName("name").withKind("Thing");
      causes.forEach((field, what) -> details.addNewCause("FieldValueInvalid".equals(field) ? "" : field, what,
          "FieldValueInvalid"));
      details.endDetails();
    }
    return status.build();
  }

  private static KubernetesClientException failure(Status status) {
    return new KubernetesClientException("Failure executing: " + status.getMessage(), status.getCode(), status);
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
