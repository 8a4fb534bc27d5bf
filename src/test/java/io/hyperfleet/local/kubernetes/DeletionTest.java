package io.hyperfleet.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeletionTest {

  @RegisterExtension
  final LocalKubernetesExtension local = new LocalKubernetesExtension(Settings.instant());

  @Test
  void waitsForFinalizers() {
    create(new ConfigMapBuilder().withNewMetadata().withName("held").withFinalizers("example.com/hold").endMetadata());

    local.client().configMaps().withName("held").delete();

    assertThat(read("held").getMetadata().getDeletionTimestamp()).isNotNull();
    local.client().configMaps().withName("held").edit(map -> new ConfigMapBuilder(map).editMetadata()
        .withFinalizers().endMetadata().build());
    assertThat(read("held")).isNull();
  }

  @Test
  void collectsDependentsOfDependents() {
    var owner = create(named("owner"));
    var child = create(ownedBy("child", owner));
    create(ownedBy("grandchild", child));

    local.client().resource(owner).delete();

    await().until(() -> read("grandchild") == null && read("child") == null);
  }

  @Test
  void keepsOrphans() {
    var owner = create(named("owner"));
    create(ownedBy("child", owner));

    local.client().resource(owner).withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

    assertThat(read("owner")).isNull();
    assertThat(read("child").getMetadata().getOwnerReferences()).isEmpty();
  }

  /** As client-go encodes them: the envelope, the type, and the options. */
  @ParameterizedTest
  @CsvSource({
      "nothing at all, '', 200, gone", "Background, 220a4261636b67726f756e64, 200, gone",
      "Orphan, 22064f727068616e, 200, gone", "a grace period, 0800, 200, gone", "a dry run, 2a03416c6c, 200, there",
      "a field that no option has, 0d00000000, 400, there"})
  void takesOptionsInProtobuf(String name, String fields, int status, String left) throws Exception {
    create(named("owner"));
    var options = HexFormat.of().parseHex(fields);
    var body = new ByteArrayOutputStream();
    body.writeBytes("k8s\0\n\u0013\n\u0002v1\u0012\rDeleteOptions".getBytes(StandardCharsets.ISO_8859_1));
    body.write(0x12);
    body.write(options.length);
    body.writeBytes(options);
    body.writeBytes(new byte[]{0x1a, 0, 0x22, 0});

    var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(local.client().getMasterUrl()
        + "api/v1/namespaces/" + local.client().getNamespace() + "/configmaps/owner"))
        .header("Content-Type", "application/vnd.kubernetes.protobuf")
        .header("Accept", "application/vnd.kubernetes.protobuf,application/json")
        .method("DELETE", HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build(),
        HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(read("owner") == null ? "gone" : "there").isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "k8s", "k8s\u0001", "k8s\0", "k8s\0\n\u0002\u0012\0\u0012\0"})
  void saysWhatIsNoOptions(String body) throws Exception {
    create(named("owner"));

    var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(local.client().getMasterUrl()
        + "api/v1/namespaces/" + local.client().getNamespace() + "/configmaps/owner"))
        .header("Content-Type", "application/vnd.kubernetes.protobuf")
        .method("DELETE", HttpRequest.BodyPublishers.ofString(body, StandardCharsets.ISO_8859_1)).build(),
        HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(read("owner")).isNotNull();
  }

  @Test
  void deletesDependentsFirstInTheForeground() {
    var owner = create(named("owner"));
    create(new ConfigMapBuilder(ownedBy("child", owner).build()).editMetadata().withFinalizers("example.com/hold")
        .endMetadata());

    local.client().resource(owner).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

    assertThat(read("owner").getMetadata().getFinalizers()).containsExactly("foregroundDeletion");
    assertThat(read("child").getMetadata().getDeletionTimestamp()).isNotNull();
    local.client().configMaps().withName("child").edit(map -> new ConfigMapBuilder(map).editMetadata()
        .withFinalizers().endMetadata().build());
    await().until(() -> read("owner") == null);
  }

  @Test
  void emptiesANamespace() {
    local.client().resource(new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build()).create();
    var map = new ConfigMapBuilder().withNewMetadata().withName("a").withNamespace("team").endMetadata().build();
    local.client().resource(map).create();

    local.client().namespaces().withName("team").delete();

    await().until(() -> local.client().namespaces().withName("team").get() == null);
    assertThat(local.client().configMaps().inNamespace("team").list().getItems()).isEmpty();
    assertThatThrownBy(() -> local.client().resource(map).create())
        .hasMessageContaining("namespaces \"team\" not found");
  }

  @Test
  void deletesACollection() {
    create(named("a").editMetadata().addToLabels("app", "demo").endMetadata());
    create(named("b").editMetadata().addToLabels("app", "other").endMetadata());

    local.client().configMaps().withLabel("app", "demo").delete();

    assertThat(read("a")).isNull();
    assertThat(read("b")).isNotNull();
  }

  private ConfigMap create(ConfigMapBuilder builder) {
    return local.client().resource(builder.build()).create();
  }

  private ConfigMap read(String name) {
    return local.client().configMaps().withName(name).get();
  }

  private static ConfigMapBuilder named(String name) {
    return new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata();
  }

  private static ConfigMapBuilder ownedBy(String name, ConfigMap owner) {
    return named(name).editMetadata().addNewOwnerReference().withApiVersion("v1").withKind("ConfigMap")
        .withName(owner.getMetadata().getName()).withUid(owner.getMetadata().getUid()).endOwnerReference()
        .endMetadata();
  }
}
