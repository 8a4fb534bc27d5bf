package io.hyperfleet.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.hostile.HostileTexts;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may become part of a URL of Kubernetes. */
class ObjectNamesTest {

  private static final long SEED = 5;
  private static final int MIXED = 2_000;

  @ParameterizedTest
  @CsvSource(nullValues = "null", textBlock = """
      v1, ConfigMap, a, true
      v1, ConfigMap, a.b-c.9, true
      v1, ConfigMap, A, false
      v1, ConfigMap, a..b, false
      v1, ConfigMap, a-.b, false
      v1, ConfigMap, a_b, false
      v1, ConfigMap, '', false
      v1, ConfigMap, null, false
      v1, ConfigMap, x?watch=true, false
      v1, ConfigMap, system:x, false
      v1, Namespace, a-b, true
      v1, Namespace, a.b, false
      example.com/v1, Namespace, a.b, true
      rbac.authorization.k8s.io/v1, Role, system:x, true
      rbac.authorization.k8s.io/v1, ClusterRoleBinding, a_B.c, true
      rbac.authorization.k8s.io/v1, Role, .., false
      rbac.authorization.k8s.io/v1, Role, ., false
      rbac.authorization.k8s.io/v1, Role, a/b, false
      rbac.authorization.k8s.io/v1, Role, a?b, false
      rbac.authorization.k8s.io/v1, Role, a%2fb, false
      """)
  void knowsTheNamesOfEachKind(String apiVersion, String kind, String name, boolean allowed) {
    assertThat(ObjectNames.isName(apiVersion, kind, name)).isEqualTo(allowed);
  }

  @Test
  void whatItAllowsIsOneSegmentOfAPathAndNothingElse() {
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      for (var kind : new String[][]{{"v1", "ConfigMap"}, {"v1", "Namespace"},
          {"rbac.authorization.k8s.io/v1", "Role"}}) {
        if (ObjectNames.isName(kind[0], kind[1], text)) {
          var url = URI.create("http://k/api/v1/things/" + text).normalize();
          assertThat(url.getRawPath()).isEqualTo("/api/v1/things/" + text);
          assertThat(url.getRawQuery()).isNull();
        } else {
          assertIsSaid(text, value -> ObjectNames.name("manifest m: metadata.name", kind[0], kind[1], value));
        }
      }
    });
  }

  @Test
  void whatItAllowsAsALabelSelectsByThatLabelAlone() {
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      try {
        assertThat(ObjectNames.labels("byLabels", Map.of("a", text))).containsEntry("a", text);
        assertThat(text).matches("[A-Za-z0-9._-]{0,63}");
      } catch (IllegalArgumentException e) {
        assertIsSaid(text, value -> ObjectNames.labels("byLabels", Map.of("a", value)));
      }
      try {
        assertThat(ObjectNames.labelKey("byLabels", text)).matches("([a-z0-9.-]{1,253}/)?[A-Za-z0-9._-]{1,63}");
      } catch (IllegalArgumentException e) {
        assertIsSaid(text, value -> ObjectNames.labelKey("byLabels", value));
      }
    });
  }

  private static void assertIsSaid(String text, Consumer<String> check) {
    assertThatThrownBy(() -> check.accept(text)).isInstanceOf(IllegalArgumentException.class)
        .message().contains(": '", "allowed: ").hasSizeLessThan(450)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      a=b                        | true
      hyperfleet.io/managed-by=x | true
      a,b=c                      | true
      a=                         | true
      a=b&watch=false            | false
      a=b,                       | false
      a in (b)                   | false
      !a                         | false
      """)
  void anInformerSelectsByLabelsAlone(String selector, boolean allowed) {
    var endpoint = new KubernetesInformerEndpoint("kubernetes-informer", new KubernetesInformerComponent(null), null);
    if (allowed) {
      endpoint.setLabelSelector(selector);
      assertThat(endpoint.toString()).endsWith(" with " + selector);
    } else {
      assertThatThrownBy(() -> endpoint.setLabelSelector(selector)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
