package io.hyperfleet.gitops.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.Manifest;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contents are told apart by what they hold. */
class LastContentsTest {

  @Test
  void contentsWithTheSameHashCodeAreTwoContents() {
    assertThat("key: Aa".hashCode()).isEqualTo("key: BB".hashCode());
    var contents = new LastContents();
    var id = id("one");
    assertThat(contents.changes("prod", id, manifest("key: Aa"))).isTrue();
    assertThat(contents.changes("prod", id, manifest("key: Aa"))).isFalse();
    assertThat(contents.changes("prod", id, manifest("key: BB"))).isTrue();
    contents.forget("prod", id);
    assertThat(contents.size()).isZero();
    assertThat(contents.changes("prod", id, manifest("key: BB"))).isTrue();
  }

  private static ResourceIdentifier id(String name) {
    return new ResourceIdentifier("", "v1", "configmaps", "ns", name);
  }

  private static Manifest manifest(String content) {
    return new Manifest(content.getBytes(StandardCharsets.UTF_8), Map.of(), Map.of());
  }
}
