package io.hyperfleet.docs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AdapterReferenceTest {

  @Test
  void theReferenceIsThatOfTheSchema() throws IOException {
    GeneratedPage.assertIs(getClass(), Path.of("docs/adapters/reference.md"),
        ReferencePage.of(new ObjectMapper().readTree(Path.of("src/main/resources/schemas/adapter-v1.json").toFile())));
  }
}
