package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.id.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files (GitOps contract 3.E, cases 56 to 60 and 63). */
class ResourcePathsTest {

  @ParameterizedTest
  @CsvSource(nullValues = "-", textBlock = """
      # group                    , version, resource       , namespace, name          , path
      ''                         , v1     , configmaps     , default  , my-config     , v1/configmaps/default/my-config.yaml
      apps                       , v1     , deployments    , prod     , api           , apps/v1/deployments/prod/api.yaml
      ''                         , v1     , nodes          , ''       , n1            , v1/nodes/n1.yaml
      rbac.authorization.k8s.io  , v1     , clusterroles   , ''       , admin         , rbac.authorization.k8s.io/v1/clusterroles/admin.yaml
      shop.example.com           , v1     , IceCreamOrders , ns       , x             , shop.example.com/v1/icecreamorders/ns/x.yaml
      rbac.authorization.k8s.io  , v1     , clusterroles   , ''       , system:node   , rbac.authorization.k8s.io/v1/clusterroles/system%3Anode.yaml
      rbac.authorization.k8s.io  , v1     , roles          , ns       , A Name.       , rbac.authorization.k8s.io/v1/roles/ns/A Name%2E.yaml
      rbac.authorization.k8s.io  , v1     , roles          , ns       , 'a<b>|c?*\\"'  , rbac.authorization.k8s.io/v1/roles/ns/a%3Cb%3E%7Cc%3F%2A%5C%22.yaml
      vpcresources.k8s.aws       , v1beta1, cninodes       , ''       , n1            , vpcresources.k8s.aws/v1beta1/cninodes/n1.yaml
      """)
  void case56To58And63PathsSayWhatTheyHold(String group, String version, String resource, String namespace, String name, String path) {
    var id = new ResourceIdentifier(group, version, resource, namespace, name.replace("\\\\", "\\"));
    assertThat(ResourcePaths.path("", id)).isEqualTo(path);
    assertThat(ResourcePaths.path("clusters/prod", id)).isEqualTo("clusters/prod/" + path);
    assertThat(ResourcePaths.parse(path)).contains(new ResourcePaths.Location(id.type(), namespace));
  }

  @ParameterizedTest
  @CsvSource({"kustomization.yaml", "README.md", "v1/configmaps.yaml", "v1/configmaps/default/a/b.yaml", "v1/configmaps/a.yml",
      "apps/latest/deployments/a.yaml", "a/b/c/d/e/f.yaml"})
  void otherPathsHoldNothing(String path) {
    assertThat(ResourcePaths.parse(path)).isEmpty();
  }

  @Test
  void case59LongNamesAreCutAndStayApart() {
    // The last one is what a cut name was written as when it had nothing that no name holds.
    var names = List.of("a".repeat(252) + "b", "a".repeat(252) + "c", "a".repeat(233) + "-" + Sha256.hex("a".repeat(252) + "b", 8));
    var paths = names.stream().map(name ->
        ResourcePaths.path("", new ResourceIdentifier("", "v1", "configmaps", "default", name))).toList();
    assertThat(paths).doesNotHaveDuplicates()
        .allSatisfy(path -> assertThat(path.substring(path.lastIndexOf('/') + 1)).hasSize(255).endsWith(".yaml"));
  }

  @Test
  void case60NamesThatDifferInCaseAreTwoFiles() {
    assertThat(ResourcePaths.path("", new ResourceIdentifier("", "v1", "configmaps", "d", "Name")))
        .isNotEqualTo(ResourcePaths.path("", new ResourceIdentifier("", "v1", "configmaps", "d", "name")));
  }

  @Test
  void displayLeavesTheNamespaceOutAndTheKeyDoesNot() {
    var id = new ResourceIdentifier("apps", "v1", "deployments", "prod", "api");
    assertThat(id.display()).isEqualTo("apps/v1/deployments/api");
    assertThat(id.key()).isEqualTo("apps/v1/deployments/prod/api");
  }
}
