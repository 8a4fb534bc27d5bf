package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dreference.write=true} writes the page instead of comparing it. */
class AdapterReferenceTest {

  private static final Path PAGE = Path.of("docs/adapters/reference.md");

  @Test
  void theReferenceIsThatOfTheSchema() throws IOException {
    var page = ReferencePage.of(new ObjectMapper().readTree(Path.of("src/main/resources/schemas/adapter-v1.json").toFile()));
    if (Boolean.getBoolean("reference.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as("written again by ./mvnw test -Dtest=AdapterReferenceTest -Dreference.write=true").isEqualTo(page);
  }
}
