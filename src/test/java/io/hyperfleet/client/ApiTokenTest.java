package io.hyperfleet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token that routes send is the one that the file holds. */
class ApiTokenTest {

  @TempDir
  private Path folder;

  @Test
  void isReadAgainWhenTheFileChanges() throws IOException {
    var file = Files.writeString(folder.resolve("token"), "first\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    var token = new ApiToken(file);
    assertThat(token.current()).isEqualTo("first");

    Files.writeString(file, "other\n");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH.plusSeconds(1)));

    assertThat(token.current()).isEqualTo("other");
  }

  @Test
  void isNeverEmptyAndNeverBreaksAHeader() throws IOException {
    var file = folder.resolve("token");
    assertThatThrownBy(() -> new ApiToken(file).current()).isInstanceOf(IOException.class)
        .hasMessageContaining("token");
    for (String wrong : new String[]{"", "  \n", "a b", "a\r\nX-Other: b", "schlüssel"}) {
      Files.writeString(file, wrong);
      assertThatThrownBy(() -> new ApiToken(file).current()).isInstanceOf(IOException.class)
          .hasMessage("no bearer token in " + file);
    }
  }
}
