package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class ManifestChangeTest {

  private static final Map<String, Object> DIGEST = Map.of("annotations", Map.of(OwnerLabels.MANIFEST_DIGEST, "d"));

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {spec: {a: 1}}                        | {spec: {a: 1}}                                  | true
      {spec: {a: 1}}                        | {spec: {a: 1, defaulted: x}, status: {ready: 1}} | true
      {spec: {a: 1}}                        | {spec: {a: 1.0}}                                | true
      {spec: {a: 1}}                        | {spec: {a: 2}}                                  | false
      {spec: {a: 1}}                        | {spec: {}}                                      | false
      {spec: {a: 1}}                        | {}                                              | false
      {spec: {a: '1'}}                      | {spec: {a: 1}}                                  | false
      {spec: {a: '', b: null, c: [], d: {}}}| {spec: {}}                                      | true
      {spec: {a: ''}}                       | {spec: {a: x}}                                  | false
      {spec: {l: [1, 2]}}                   | {spec: {l: [1, 2]}}                             | true
      {spec: {l: [1, 2]}}                   | {spec: {l: [1, 2, 3]}}                          | false
      {spec: {l: [1, 2]}}                   | {spec: {l: [2, 1]}}                             | false
      {spec: {l: [{n: a}]}}                 | {spec: {l: [{n: a, defaulted: x}]}}             | true
      {spec: {cpu: '0.5'}}                  | {spec: {cpu: 500m}}                             | false
      {status: {ready: true}}               | {}                                              | true
      """)
  void seesDriftInWhatTheManifestSays(String manifest, String object, boolean applied) {
    Map<String, Object> wanted = new Yaml().load(manifest);
    Map<String, Object> there = new Yaml().load(object);
    wanted.put("metadata", DIGEST);
    there.put("metadata", DIGEST);

    assertThat(ManifestChange.isApplied(wanted, there)).isEqualTo(applied);
  }

  @Test
  void seesThatTheManifestNoLongerSaysSomething() {
    Map<String, Object> object = Map.of("metadata", DIGEST, "spec", Map.of("a", 1, "gone", 1));
    Map<String, Object> manifest = Map.of("metadata", Map.of("annotations", Map.of(OwnerLabels.MANIFEST_DIGEST, "e")),
        "spec", Map.of("a", 1));

    assertThat(ManifestChange.isApplied(manifest, object)).isFalse();
    assertThat(ManifestChange.differs(object, "e")).isTrue();
    assertThat(ManifestChange.differs(object, "d")).isFalse();
    assertThat(ManifestChange.differs(Map.of(), "e")).as("it does not tell").isFalse();
  }

  @Test
  void theDigestDoesNotCareForTheOrderOfKeys() {
    assertThat(ManifestChange.digest(new Yaml().load("{a: 1, b: {c: 2, d: 3}}")))
        .isEqualTo(ManifestChange.digest(new Yaml().load("{b: {d: 3, c: 2}, a: 1}")))
        .isNotEqualTo(ManifestChange.digest(new Yaml().load("{a: 1, b: {c: 2, d: 4}}")));
  }
}
