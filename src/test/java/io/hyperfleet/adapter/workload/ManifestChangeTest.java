package io.hyperfleet.adapter.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.definition.ManifestDigest;
import java.util.HashMap;
import java.util.List;
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
      {spec: {b: null, c: []}}              | {}                                              | true
      {spec: {a: ''}}                       | {spec: {}}                                      | false
      {spec: {a: false}}                    | {spec: {}}                                      | false
      {spec: {a: 0}}                        | {}                                              | false
      {spec: {a: {}}}                       | {spec: {}}                                      | false
      {spec: {a: ''}}                       | {spec: {a: x}}                                  | false
      {spec: {l: [1, 2]}}                   | {spec: {l: [1, 2]}}                             | true
      {spec: {l: [1, 2]}}                   | {spec: {l: [1, 2, 3]}}                          | false
      {spec: {l: [1, 2]}}                   | {spec: {l: [2, 1]}}                             | false
      {spec: {l: [{n: a}]}}                 | {spec: {l: [{n: a, defaulted: x}]}}             | true
      {spec: {cpu: '0.5'}}                  | {spec: {cpu: 500m}}                             | false
      {spec: {limits: {cpu: '0.5'}}}        | {spec: {limits: {cpu: 500m}}}                   | true
      {spec: {limits: {cpu: 2}}}            | {spec: {limits: {cpu: '2'}}}                    | true
      {spec: {limits: {cpu: 1e3}}}          | {spec: {limits: {cpu: 1e3}}}                    | true
      {spec: {limits: {cpu: '0.5'}}}        | {spec: {limits: {cpu: 501m}}}                   | false
      {spec: {limits: {cpu: '0.5'}}}        | {spec: {limits: {cpu: x}}}                      | false
      {spec: {limits: {cpu: '0.5'}}}        | {spec: {limits: {}}}                            | false
      {spec: {hard: {requests.cpu: 1000m}}} | {spec: {hard: {requests.cpu: '1'}}}             | true
      {spec: {sizeLimit: 0.5Gi}}            | {spec: {sizeLimit: 512Mi}}                      | true
      {spec: {limits: [{max: {cpu: 0.1}}]}} | {spec: {limits: [{max: {cpu: 100m}}]}}          | true
      {spec: {target: {value: 1000}}}       | {spec: {target: {value: 1k}}}                   | true
      {spec: {value: '1.0'}}                | {spec: {value: '1'}}                            | false
      {data: {limits: '1.0'}}               | {data: {limits: '1'}}                           | false
      {data: {limits: {cpu: '1.0'}}}        | {data: {limits: {cpu: '1'}}}                    | false
      {spec: {labels: {capacity: '1.0'}}}   | {spec: {labels: {capacity: '1'}}}               | false
      {spec: {env: [{name: limits, value: '1.0'}]}} | {spec: {env: [{name: limits, value: '1'}]}} | false
      {spec: {version: '1.10'}}             | {spec: {version: '1.1'}}                        | false
      {status: {ready: true}}               | {}                                              | true
      """)
  void seesDriftInWhatTheManifestSays(String manifest, String object, boolean applied) {
    Map<String, Object> wanted = new Yaml().load(manifest);
    Map<String, Object> there = new Yaml().load(object);
    wanted.put("metadata", DIGEST);
    there.put("metadata", DIGEST);

    assertThat(ManifestChange.isApplied(wanted, there, "hyperfleet-a")).isEqualTo(applied);
  }

  /** What the server leaves out stays owned; what somebody removes or changes does not. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {a: false}                | {}                   | {'f:a': {}}                               | true
      {a: false}                | {}                   | {}                                        | false
      {a: false}                | {a: true}            | {}                                        | false
      {a: {b: 0, c: ''}}        | {}                   | {'f:a': {'f:b': {}, 'f:c': {}}}           | true
      {a: {b: 0, c: ''}}        | {a: {}}              | {'f:a': {'f:b': {}}}                      | false
      {a: {b: 0, c: []}}        | {a: {}}              | {'f:a': {'f:b': {}}}                      | true
      {a: {b: 0}}               | {}                   | {'f:a': {}}                               | true
      {a: 1}                    | {}                   | {'f:a': {}}                               | false
      {l: [{n: a, z: false}]}   | {l: [{n: a}]}        | {'f:l': {}}                               | true
      {l: [{n: a, z: false}]}   | {l: [{n: a}]}        | {}                                        | false
      {l: [{n: a, z: false}]}   | {l: [{n: x}, {n: a}]}| {'f:l': {'k:{"n":"a"}': {'f:z': {}}}}     | true
      {l: [{n: a, z: false}]}   | {l: [{n: a}]}        | {'f:l': {'k:{"n":"a"}': {'.': {}, 'f:n': {}}}} | false
      {l: [{n: a}, {n: b}]}     | {l: [{n: a}]}        | {'f:l': {'k:{"n":"a"}': {}}}              | false
      {l: [{n: a}, {n: b}]}     | {l: [{n: a}, {n: x}]}| {'f:l': {'k:{"n":"a"}': {}, 'k:{"n":"b"}': {}}} | false
      {l: [{p: 80}]}            | {l: [{p: 80, t: T}]} | {'f:l': {'k:{"p":80,"t":"T"}': {}}}       | true
      {l: [a]}                  | {l: [x, a]}          | {'f:l': {'v:"a"': {}}}                    | true
      {l: [a]}                  | {l: [x]}             | {'f:l': {'v:"b"': {}}}                    | false
      """)
  void tellsWhatTheServerLeavesOutFromWhatSomebodyHasRemoved(String spec, String found, String fields,
      boolean applied) {
    var manifest = Map.of("metadata", DIGEST, "spec", new Yaml().<Object>load(spec));
    var metadata = new HashMap<>(DIGEST);
    metadata.put("managedFields", List.of(
        Map.of("manager", "hyperfleet-a", "operation", "Update", "fieldsV1", Map.of("f:spec", Map.of())),
        Map.of("manager", "hyperfleet-a", "operation", "Apply", "subresource", "status", "fieldsV1",
            Map.of("f:spec", Map.of())),
        Map.of("manager", "other", "operation", "Apply", "fieldsV1", Map.of("f:spec", Map.of())),
        Map.of("manager", "hyperfleet-a", "operation", "Apply", "fieldsV1",
            Map.of("f:spec", new Yaml().<Map<String, Object>>load("{'.': {}, 'f:other': {}, " + fields.substring(1)),
                "f:metadata", Map.of("f:annotations", Map.of())))));

    assertThat(ManifestChange.isApplied(manifest, Map.of("metadata", metadata, "spec", new Yaml().<Object>load(found)),
        "hyperfleet-a")).isEqualTo(applied);
  }

  @Test
  void seesThatTheManifestNoLongerSaysSomething() {
    Map<String, Object> object = Map.of("metadata", DIGEST, "spec", Map.of("a", 1, "gone", 1));
    Map<String, Object> manifest = Map.of("metadata", Map.of("annotations", Map.of(OwnerLabels.MANIFEST_DIGEST, "e")),
        "spec", Map.of("a", 1));

    assertThat(ManifestChange.isApplied(manifest, object, "hyperfleet-a")).isFalse();
    assertThat(ManifestChange.differs(object, "e")).isTrue();
    assertThat(ManifestChange.differs(object, "d")).isFalse();
    assertThat(ManifestChange.differs(Map.of(), "e")).as("it does not tell").isFalse();
  }

  @Test
  void theDigestDoesNotCareForTheOrderOfKeys() {
    assertThat(ManifestDigest.of(new Yaml().load("{a: 1, b: {c: 2, d: 3}}")))
        .isEqualTo(ManifestDigest.of(new Yaml().load("{b: {d: 3, c: 2}, a: 1}")))
        .isNotEqualTo(ManifestDigest.of(new Yaml().load("{a: 1, b: {c: 2, d: 4}}")));
  }
}
