package io.hyperfleet.dryrun.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class ObjectDifferenceTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {a: 1}                 | {a: 1.0}                  |                            |
      {a: 1}                 | {a: '1'}                  | o (Thing): a               | o (Thing): a: 1 -> "1"
      {a: {b: 1}}            | {a: {}}                   | o (Thing): a.b             | o (Thing): a.b: 1 -> (absent)
      {a: null}              | {}                        | o (Thing): a               | o (Thing): a: null -> (absent)
      {a: [1, 2]}            | {a: [1, 3]}               | o (Thing): a[]             | o (Thing): a[1]: 2 -> 3
      {a: [1, 2]}            | {a: [1]}                  | o (Thing): a               | o (Thing): a: [1, 2] -> [1]
      {a: [{b: 1}, {b: 1}]}  | {a: [{b: 2}, {b: 2}]}     | o (Thing): a[].b           | o (Thing): a[0].b: 1 -> 2
      {m: {x.y/z: 1}}        | {m: {x.y/z: 2}}           | o (Thing): m.'x.y/z'       | o (Thing): m.'x.y/z': 1 -> 2
      {a: {b: 1}}            | {a: 1}                    | o (Thing): a               | o (Thing): a: {b=1} -> 1
      {b: 1, a: 1}           | {a: 2, b: 2}              | o (Thing): a, b            | o (Thing): a: 1 -> 2
      """)
  void saysWhereObjectsDiffer(String before, String after, String shape, String example) {
    var difference = ObjectDifference.of(object("Thing", before), object("Thing", after));

    assertThat(difference.shape()).isEqualTo(shape == null ? List.of() : List.of(shape));
    assertThat(difference.isEmpty()).isEqualTo(shape == null);
    if (shape != null) {
      assertThat(difference.example()).startsWith(example);
    }
  }

  @Test
  void showsNoValueOfASecret() {
    for (String before : List.of("Secret", "Thing")) {
      var difference = ObjectDifference.of(object(before, "{data: {a: s3}, stringData: {b: s3}, type: s3}"),
          object("Secret", "{data: {a: s4}, stringData: {b: s4}, type: s4}"));

      assertThat(difference.toString()).contains("data.a", "stringData.b", "type").doesNotContain("s3", "s4");
    }
    var replaced = ObjectDifference.of(object("Secret", "{data: {a: s3}}"), object("Secret", "{data: none}"));
    assertThat(replaced.toString()).doesNotContain("s3");
  }

  @Test
  void saysWhichObjectsAreNewOrGone() {
    var one = new RenderedManifest("one", Map.of("kind", "A"));
    var other = new RenderedManifest("other", Map.of("kind", "B"));

    var difference = ObjectDifference.of(List.of(one), List.of(other));
    assertThat(difference.shape()).containsExactly("other (B): new", "one (A): no longer made");
    assertThat(difference.changed()).containsExactly("other");
  }

  @Test
  void cutsWhatIsLong() {
    var many = IntStream.range(0, 1000).mapToObj(i -> "k" + i + ": 1").collect(Collectors.joining(", ", "{", "}"));
    var difference = ObjectDifference.of(object("Thing", "{}"), object("Thing", many));
    assertThat(difference.shape().get(0)).endsWith(" and 980 more").hasSizeLessThan(300);
    assertThat(difference.example()).hasSize(20);
    assertThat(ObjectDifference.of(object("Thing", "{a: b}"), object("Thing", "{a: " + "x".repeat(10_000) + "}"))
        .example().get(0)).hasSizeLessThan(200);
  }

  @SuppressWarnings("unchecked")
  private static List<RenderedManifest> object(String kind, String yaml) {
    Map<String, Object> object = new Yaml().load(yaml);
    object.put("kind", kind);
    return List.of(new RenderedManifest("o", object));
  }
}
