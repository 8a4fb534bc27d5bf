package io.hyperfleet.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** {@code -Dreference.write=true} writes the table instead of comparing it. */
class ValuesReferenceTest {

  private static final String HEADING = "## Values\n\n";

  @Test
  void theReadmeListsTheValues() throws IOException {
    var page = Chart.FOLDER.resolve("README.md");
    var written = Files.readString(page);
    var wanted = written.substring(0, written.indexOf(HEADING) + HEADING.length())
        + ValuesPage.of(Files.readString(Chart.FOLDER.resolve("values.yaml")));
    if (Boolean.getBoolean("reference.write")) {
      Files.writeString(page, wanted);
    }
    assertThat(Files.readString(page))
        .as("written again by ./mvnw test -Dtest=ValuesReferenceTest -Dreference.write=true").isEqualTo(wanted);
  }
}
