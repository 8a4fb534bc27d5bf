package io.hyperfleet.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;

/** Scalars are what they are for kubectl (S20 of SECURITY.md), which the last test asks where it is installed. */
class KubectlScalarsTest {

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(textBlock = """
      12:30, text
      12:30:45, text
      52:54:00:12:34:56, text
      -1:30, text
      1:2.5, text
      0644, 420
      0o644, 420
      0O17, 15
      -0o7, -7
      07_7, 63
      0o8, text
      08, 8.0
      089, 89.0
      012345671234, 1402434204
      00, 0
      0, 0
      -0, 0
      0x1F, 31
      -0X1f, -31
      0x, text
      0xG, text
      0b11, 3
      -0b11, -3
      0b2, text
      1_000, 1000
      1__0, 10
      -_1, -1
      _1, text
      0x_1, 1
      1_0.5_0, 10.5
      +1, 1
      +.5, 0.5
      .5, 0.5
      .5_0, 0.5
      .5__0, text
      ._5, text
      1., 1.0
      1.10, 1.1
      1.2.3, text
      1e3, 1000.0
      1E-2, 0.01
      1e, text
      1e400, text
      .e3, text
      .inf, Infinity
      +.Inf, Infinity
      -.INF, -Infinity
      .nan, NaN
      inf, text
      yes, true
      Yes, true
      YES, true
      yES, text
      on, true
      y, true
      Y, true
      no, false
      off, false
      n, false
      N, false
      true, true
      TRUE, true
      tRUE, text
      ~, null
      null, null
      Null, null
      NULL, null
      nULL, text
      2026-01-01, text
      2026-01-01T00:00:00Z, text
      2026-01-01 00:00:00, text
      <<, text
      =, text
      -, text
      +, text
      ., text
      500m, text
      64Mi, text
      100%, text
      10.0.0.1, text
      9223372036854775807, 9223372036854775807
      -9223372036854775808, -9223372036854775808
      0x7FFFFFFFFFFFFFFF, 9223372036854775807
      0x1FFFFFFFFFFFFFFFFF, text
      """)
  void isWhatItIsForKubectl(String scalar, String value) {
    assertThat(String.valueOf(KubectlScalars.value(scalar))).isEqualTo(value.equals("text") ? scalar : value);
  }

  @Test
  void keepsWholeNumbersBeyond64Bits() {
    for (String digits : List.of("9223372036854775808", "-9223372036854775809", "18446744073709551616",
        "9".repeat(300))) {
      assertThat(KubectlScalars.value(digits)).isEqualTo(new BigInteger(digits));
    }
    assertThat(KubectlScalars.value("0xFFFFFFFFFFFFFFFF")).isEqualTo(new BigInteger("18446744073709551615"));
    assertThat(KubectlScalars.value("9".repeat(100_000))).isEqualTo("9".repeat(100_000));
    assertThat(KubectlScalars.value("0x" + "f".repeat(100_000))).isEqualTo("0x" + "f".repeat(100_000));
  }

  @Test
  void readsWholeDocumentsLikeThis() {
    assertThat((Object) KubectlYaml.reader(new LoaderOptions())
        .load("a: [12:30, yes, 0644, 'yes', \"1\", ~, <<, 2026-01-01]\n12:30: b"))
        .hasToString("{a=[12:30, true, 420, yes, 1, null, <<, 2026-01-01], 12:30=b}");
  }

  @Test
  void agreesWithKubectl() throws Exception {
    var scalars = generated(new Random(7), 4_000);
    var manifest = new StringBuilder("apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec:\n");
    scalars.forEach(scalar -> manifest.append("- ").append(scalar).append('\n'));
    var file = Files.writeString(folder.resolve("manifest.yaml"), manifest);
    var said = kubectl(file).get("spec");

    var ours = new ArrayList<Object>();
    scalars.forEach(scalar -> ours.add(json(KubectlScalars.value(scalar))));
    assertThat(((List<?>) said).size()).isEqualTo(scalars.size());
    for (int i = 0; i < scalars.size(); i++) {
      assertThat(ours.get(i)).as(scalars.get(i)).isEqualTo(json(((List<?>) said).get(i)));
    }
  }

  /** Numbers are one type there. */
  private static Object json(Object value) {
    return value instanceof Number number ? (Object) number.doubleValue() : value;
  }

  private static List<String> generated(Random random, int count) {
    var pieces = List.of("0", "1", "7", "8", "9", "12", "30", "00", ".", ":", "_", "-", "+", "e", "E", "x", "X", "o",
        "O", "b", "0x",
        "0o", "0b", "a", "F", "y", "n", "yes", "No", "on", "OFF", "true", "False", "null", "~", "=", "<<", "2026-01-01",
        "T", "Z",
        "inf", "nan", "m", "Mi", "%", "/", "9223372036854775807", "18446744073709551616", "1e400");
    var scalars = new ArrayList<String>();
    while (scalars.size() < count) {
      var text = new StringBuilder();
      random.ints(1 + random.nextInt(4), 0, pieces.size()).forEach(index -> text.append(pieces.get(index)));
      var scalar = text.toString();
      // What is no plain scalar, or no number of JSON, is not what this is about.
      if (!scalar.matches("[-?%:].*|.*:") && !scalar.matches("[-+]?\\.(inf|nan)")
          || scalar.matches("-[0-9._~a-zA-Z].*[^:]")
              && !scalar.endsWith(".inf")) {
        scalars.add(scalar);
      }
    }
    return scalars;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> kubectl(Path file) throws Exception {
    var out = folder.resolve("out.json");
    Process process;
    try {
      process = new ProcessBuilder("kubectl", "label", "--local", "-f", file.toString(), "a=b", "-o", "json",
          "--dry-run=client")
          .redirectOutput(out.toFile()).redirectError(folder.resolve("error").toFile()).start();
    } catch (java.io.IOException e) {
      Assumptions.abort("no kubectl here");
      return Map.of();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("error"))).isZero();
    return new ObjectMapper().readValue(out.toFile(), LinkedHashMap.class);
  }
}
