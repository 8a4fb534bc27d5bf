package io.hyperfleet.chart;

import io.hyperfleet.docs.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ValuesReferenceTest {

  @Test
  void theReadmeListsTheValues() throws IOException {
    GeneratedPage.assertPartIs(getClass(), Chart.FOLDER.resolve("README.md"), "## Values\n\n", "",
        ValuesPage.of(Files.readString(Chart.FOLDER.resolve("values.yaml"))));
  }
}
