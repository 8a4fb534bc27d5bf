package io.hyperfleet.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      Authorization: Bearer abc.def          | Authorization: ***
      authorization=Basic dXNlcjpwYXNz, next | authorization=***, next
      {"password": "p4ss", "name": "a"}      | {"password": "***", "name": "a"}
      db.password=p4ss&ssl=true              | db.password=***&ssl=true
      client_secret: abc                     | client_secret: ***
      ?access_token=abc&page=1               | ?access_token=***&page=1
      X-API-Key: abc                         | X-API-Key: ***
      sent Bearer abcdefgh12345 to it        | sent Bearer *** to it
      got eyJhbGciOiJub25l.eyJzdWIiOiJh.sig. | got ***.
      https://user:pa55@git.example.com/a    | https://***@git.example.com/a
      """)
  void areTakenOut(String text, String masked) {
    assertThat(Secrets.masked(text)).isEqualTo(masked);
  }

  @Test
  void areTakenOutOfLongLines() {
    var words = "a.b-c_".repeat(100_000);

    assertThat(Secrets.masked(words + "db_password=p4ss")).isEqualTo(words + "db_password=***");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      the secret 'fleet-db' is missing
      no bearer token in /var/run/secrets/hyperfleet/token
      validation: 01a1fea6-27c3-7000 generation 1: Applied=True JobLaunched
      http://localhost:8000/api/hyperfleet/v1/clusters
      """)
  void leavesOtherTextAlone(String text) {
    assertThat(Secrets.masked(text)).isEqualTo(text);
  }
}
