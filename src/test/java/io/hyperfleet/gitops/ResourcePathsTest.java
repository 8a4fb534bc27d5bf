package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.id.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of files. */
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
      rbac.authorization.k8s.io  , v1     , roles          , ns       , A Name.       , rbac.authorization.k8s.io/v1/roles/ns/%41 %4Eame%2E.yaml
      rbac.authorization.k8s.io  , v1     , roles          , ns       , 'a<b>|c?*\\"'  , rbac.authorization.k8s.io/v1/roles/ns/a%3Cb%3E%7Cc%3F%2A%5C%22.yaml
      rbac.authorization.k8s.io  , v1     , clusterroles   , ''       , aux           , rbac.authorization.k8s.io/v1/clusterroles/%61ux.yaml
      ''                         , v1     , configmaps     , con      , nul.x         , v1/configmaps/%63on/%6Eul.x.yaml
      aux.example.com            , v1     , prn            , lpt1     , com0          , %61ux.example.com/v1/%70rn/%6Cpt1/%63om0.yaml
      rbac.authorization.k8s.io  , v1     , roles          , ns       , CONIN$        , rbac.authorization.k8s.io/v1/roles/ns/%43%4F%4E%49%4E$.yaml
      rbac.authorization.k8s.io  , v1     , roles          , ns       , conin$        , rbac.authorization.k8s.io/v1/roles/ns/%63onin$.yaml
      vpcresources.k8s.aws       , v1beta1, cninodes       , ''       , n1            , vpcresources.k8s.aws/v1beta1/cninodes/n1.yaml
      """)
  void pathsSayWhatTheyHold(String group, String version, String resource, String namespace, String name,
      String path) {
    var id = new ResourceIdentifier(group, version, resource, namespace, name.replace("\\\\", "\\"));
    assertThat(ResourcePaths.path("", id)).isEqualTo(path);
    assertThat(ResourcePaths.path("clusters/prod", id)).isEqualTo("clusters/prod/" + path);
    assertThat(ResourcePaths.parse(path)).contains(new ResourcePaths.Location(id.type(), namespace));
  }

  @ParameterizedTest
  @CsvSource({"kustomization.yaml", "README.md", "v1/configmaps.yaml", "v1/configmaps/default/a/b.yaml",
      "v1/configmaps/a.yml",
      "apps/latest/deployments/a.yaml", "a/b/c/d/e/f.yaml"})
  void otherPathsHoldNothing(String path) {
    assertThat(ResourcePaths.parse(path)).isEmpty();
  }

  @Test
  void longNamesAreCutAndStayApart() {
    // The last one is what a cut name was written as when it had nothing that no name holds.
    var names = List.of("a".repeat(252) + "b", "a".repeat(252) + "c",
        "a".repeat(233) + "-" + Sha256.hex("a".repeat(252) + "b", 8));
    var paths = names.stream()
        .map(name -> ResourcePaths.path("", new ResourceIdentifier("", "v1", "configmaps", "default", name))).toList();
    assertThat(paths).doesNotHaveDuplicates()
        .allSatisfy(path -> assertThat(path.substring(path.lastIndexOf('/') + 1)).hasSize(255).endsWith(".yaml"));
  }

  /** 20,000 names of pieces that file systems do not like: each has a file of its own, on Windows and macOS too. */
  @Test
  void namesHaveFilesOfTheirOwnOnEveryFileSystem() {
    var random = new Random(15);
    var pieces = List.of("con", "aux", "NUL", "prn", "com1", "lpt9", "conin$", "a", "A", "b", "B", ".", " ", ":", "é",
        "e\u0301", "\\", "?", "*", "-", "1");
    var paths = new HashMap<String, String>();
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder();
      random.ints(1 + random.nextInt(4), 0, pieces.size()).forEach(index -> text.append(pieces.get(index)));
      var path = ResourcePaths.path("", new ResourceIdentifier("", "v1", "configmaps", "d", text.toString()));
      var file = path.substring("v1/configmaps/d/".length());
      assertThat(file).matches("[ -~&&[^A-Z<>:\"|?*\\\\/]]+|([^A-Z%]|%[0-9A-F]{2})+")
          .doesNotMatch("(?i)(con|prn|aux|nul|com\\d|lpt\\d|conin\\$)(\\..*)?")
          .matches("\\p{ASCII}+");
      var other = paths.putIfAbsent(path.toLowerCase(Locale.ROOT), text.toString());
      assertThat(other == null || other.equals(text.toString())).as("%s and %s", text, other).isTrue();
      assertThat(ResourcePaths.parse(path)).isPresent();
    }
    assertThat(ResourcePaths.parse("%61ux.example.com/v1/%70rn/%6Cpt1/a.yaml"))
        .contains(new ResourcePaths.Location(new ResourceType("aux.example.com", "v1", "prn"), "lpt1"));
  }

  @Test
  void displayLeavesTheNamespaceOutAndTheKeyDoesNot() {
    var id = new ResourceIdentifier("apps", "v1", "deployments", "prod", "api");
    assertThat(id.display()).isEqualTo("apps/v1/deployments/api");
    assertThat(id.key()).isEqualTo("apps/v1/deployments/prod/api");
  }
}
