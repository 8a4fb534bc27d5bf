package io.hyperfleet.schema;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.kind.KindProperties;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.kind.KindsProperties;
import io.hyperfleet.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;

class SpecSchemasTest {

  private static final Kinds KINDS = kinds(null, false);

  @Test
  void takesEveryObjectWithoutASchema() {
    var cluster = KINDS.plural("clusters");

    assertThatCode(() -> new SpecSchemas(KINDS, null).check(cluster, JsonNodeFactory.instance.objectNode()))
        .doesNotThrowAnyException();
    assertThatCode(() -> new SpecSchemas(KINDS, file("components: {schemas: {Other: {type: string}}}"))
        .check(cluster, JsonNodeFactory.instance.objectNode())).doesNotThrowAnyException();
  }

  @Test
  void findsASchemaByTheNameThatTheKindSays() {
    var kinds = kinds("Mine", true);
    var schemas = new SpecSchemas(kinds, file("components: {schemas: {Mine: {type: object, minProperties: 1}}}"));

    assertThatThrownBy(() -> schemas.check(kinds.plural("clusters"), JsonNodeFactory.instance.objectNode()))
        .isInstanceOf(Problem.class).hasMessage("Invalid Mine");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      components: {schemas: {Mine: {$ref: 'https://example.org/x'}}} | schema Mine:
      components: {schemas: {Mine: {$ref: '#/components/schemas/Nothing'}}} | schema Mine:
      components: {schemas: 1} | has no components.schemas
      {} | has no components.schemas
      [ | cannot be read
      components: {schemas: {Mine: {type: object}, Mine: {type: string}}} | duplicate key Mine
      """)
  void stopsTheStartWhenTheFileIsWrong(String yaml, String message) {
    assertThatThrownBy(() -> new SpecSchemas(kinds("Mine", false), file(yaml)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hyperfleet.spec-schemas.location: ")
        .hasMessageContaining(message.strip());
  }

  @Test
  void stopsTheStartWhenTheFileOrANeededSchemaIsMissing() {
    assertThatThrownBy(() -> new SpecSchemas(KINDS, new FileSystemResource("nowhere.yaml")))
        .hasMessageContaining("hyperfleet.spec-schemas.location: file [").hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> new SpecSchemas(kinds("Mine", true), file("components: {schemas: {}}")))
        .hasMessageStartingWith("hyperfleet.kinds.clusters.require-spec-schema: no schema Mine in ");
    assertThatThrownBy(() -> new SpecSchemas(kinds("Mine", true), null))
        .hasMessage("hyperfleet.kinds.clusters.require-spec-schema: no schema Mine in any file");
  }

  private static ByteArrayResource file(String yaml) {
    return new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static Kinds kinds(String specSchema, boolean required) {
    return new Kinds(new KindsProperties(Map.of("clusters", new KindProperties(
        null, null, null, null, null, null, null, specSchema, required, null, null, null))));
  }
}
