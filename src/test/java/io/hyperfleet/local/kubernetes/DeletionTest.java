package io.hyperfleet.local.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
