package io.hyperfleet.gitops.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.gitops.GitOpsProperties.Secrets;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.ResourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of Secrets do not reach Git. */
class RedactionTest {

  @ParameterizedTest
  @CsvSource(textBlock = """
      ''         , v1     , secrets     , true
      ''         , v1     , configmaps  , false
      example.com, v1     , vaults      , true
      example.com, v1beta1, vaults      , true
      example.com, v1     , secrets     , false
      other.com  , v1     , vaults      , false
      """)
  void kindsThatAreNamedAreSensitiveBesideSecrets(String group, String version, String resource, boolean sensitive) {
    var type = new ResourceType(group, version, resource);
    var redaction = new Redaction(new Secrets(Secrets.Mode.REFUSE, null, Set.of("example.com/v1/Vaults")));
    assertThat(redaction.isSensitive(type)).isEqualTo(sensitive);
    assertThat(redaction.allows(type)).isNotEqualTo(sensitive);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secrets", "a/b/c/d", "", "example.com//vaults"})
  void typesOfAnotherFormStopTheStart(String type) {
    assertThatThrownBy(() -> new Redaction(new Secrets(Secrets.Mode.REFUSE, null, Set.of(type))))
        .hasMessageContaining("hyperfleet.gitops.secrets.types: '" + type + "'");
  }

  @Test
  void annotationsAreValuesToo(@TempDir Path directory) throws IOException {
    var key = Files.writeString(directory.resolve("key"), "0123456789abcdef0123456789abcdef");
    var redaction = new Redaction(new Secrets(Secrets.Mode.REDACT, key, Set.of()));
    var secret = Map.<String, Object>of("apiVersion", "v1", "kind", "Secret", "type", "Opaque", "data",
        Map.of("a", "canary"),
        "metadata", Map.of("name", "s", "namespace", "ns", "labels", Map.of("team", "blue"),
            "annotations", Map.of("openshift.io/token-secret.value", "canary")));
    var written = new String(ManifestYaml.write(redaction.apply(
        new ResourceIdentifier("", "v1", "secrets", "ns", "s"), Sanitizer.sanitize(secret))), StandardCharsets.UTF_8);
    assertThat(written)
        .contains("name: s", "team: blue", "type: Opaque", "openshift.io/token-secret.value: \"hmac-sha256:")
        .doesNotContain("canary");
  }
}
