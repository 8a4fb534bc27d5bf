package io.hyperfleet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches as clients of HyperFleet's other parts spell them mean the same as in the spelling that is older here. */
class SearchGrammarTest {

  private static final int INPUTS = 5000;

  private final Random random = new Random(19);

  @Test
  void bothSpellingsMeanTheSame() {
    for (int i = 0; i < INPUTS; i++) {
      var search = either(random.nextInt(4));

      assertThat(SearchFilter.parse(search.theirs())).as("%s", search)
          .usingRecursiveComparison().isEqualTo(SearchFilter.parse(search.ours()));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      labels.hyperfleet.io/shard='1'          | hyperfleet.io/shard | 1
      labels.a.b='1'                          | a.b                 | 1
      labels.a.b.c/d_e == "1"                 | a.b.c/d_e           | 1
      labels.in = 'and'                       | in                  | and
      labels[a-b/c] = 'x'                     | a-b/c               | x
      labels['a-b/c'] = 'x'                   | a-b/c               | x
      labels.example.com/`a-b` = 'x'          | -                   | -
      labels.`example.com/a-b` = 'x'          | example.com/a-b     | x
      labels.x = 'it\\'s'                     | x                   | it's
      labels.x = "say \\"hi\\""               | x                   | say "hi"
      labels.x = 'a\\\\b'                     | x                   | a\\b
      labels.x = 'tab\\tq'                    | x                   | tab\tq
      labels.x = '\\q'                        | x                   | q
      labels.x = '100\\%'                     | x                   | 100%
      labels.x like '100\\%'                  | x                   | 100\\%
      labels.x like 'a\\\\'                   | x                   | a\\\\
      """)
  void readsKeysAndTexts(String search, String key, String value) {
    if (key.equals("-")) {
      assertThatThrownBy(() -> SearchFilter.parse(search)).hasMessageContaining("'/'");
      return;
    }
    assertThat(SearchFilter.parse(search).parameters())
        .containsEntry("search0", key).containsEntry("search1", value.replace("\\t", "\t"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      name in []                        | false
      name not in []                    | not (false)
      status.phase in []                | false
      name in ['a', 'b',]               | r.name in (:search0)
      (name) = ('a')                    | r.name = :search0
      (('a')) < ((name))                | r.name > :search0
      ((name) = 'a')                    | r.name = :search0
      generation > - -5                 | r.generation > :search0
      generation = +2k                  | r.generation = :search0
      not (labels.a.b is null)          | -
      """)
  void readsListsAndOperands(String search, String sql) {
    if (sql.equals("-")) {
      assertThatThrownBy(() -> SearchFilter.parse(search)).hasMessageContaining("not is not allowed before labels.a.b");
    } else {
      assertThat(SearchFilter.parse(search).sql()).isEqualTo(sql);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      labels.a/ = 'x'                   | unsupported comparison operator '/'
      labels./a = 'x'                   | expected a name after the dot
      labels.a//b = 'x'                 | unsupported comparison operator '/'
      labels.a. = 'x'                   | expected a name after the dot
      labels.a-b = 'x'                  | put a name with - in backticks
      labels[] = 'x'                    | expected a name in brackets
      labels[a = 'x'                    | expected a name in brackets
      labels['a' = 'x'                  | expected a name in brackets
      spec.a/b = 'x'                    | unsupported comparison operator '/'
      name = 'a\\'                      | unterminated text
      name in ['a' 'b']                 | expected ']', not 'b'
      name in [,]                       | expected a value
      name in ['a'                      | not the end
      generation = -'5'                 | expected a number after -
      name === 'a'                      | expected a value
      ((name) = 'a'                     | not the end
      status.conditions.Reconciled.observed_generation < 1.5        | must be compared with a whole number of 32 bits
      status.conditions.Reconciled.observed_generation = 3000000000 | must be compared with a whole number of 32 bits
      status.conditions.Reconciled.observed_generation = '1'        | must be compared with a whole number of 32 bits
      """)
  void saysWhatIsWrong(String search, String message) {
    assertThatThrownBy(() -> SearchFilter.parse(search)).hasMessageContaining(message);
  }

  private record Spelled(String theirs, String ours) {

    static Spelled same(String text) {
      return new Spelled(text, text);
    }

    Spelled around(String theirs, String ours) {
      return new Spelled(theirs.formatted(this.theirs), ours.formatted(this.ours));
    }

    static Spelled joined(List<Spelled> parts, String separator) {
      return new Spelled(parts.stream().map(Spelled::theirs).collect(Collectors.joining(separator)),
          parts.stream().map(Spelled::ours).collect(Collectors.joining(separator)));
    }
  }

  private Spelled either(int depth) {
    if (depth == 0) {
      return condition();
    }
    var parts = List.of(either(depth - 1), either(random.nextInt(depth)));
    return Spelled.joined(parts, one(" and ", " OR ", "\n and\t")).around("(%s)", "(%s)");
  }

  private Spelled condition() {
    return switch (random.nextInt(6)) {
      case 0 -> Spelled.joined(List.of(field(), operator(), value()), " ");
      case 1 -> Spelled.joined(List.of(value(), operator(), field()), " ");
      case 2 -> Spelled.joined(List.of(field(), list()), one(" in ", " IN "));
      case 3 -> Spelled.joined(List.of(field(), Spelled.joined(List.of(value(), value()), " and ")), " between ");
      case 4 -> Spelled.joined(List.of(field(), text(random.nextInt(8))), one(" like ", " ILike "));
      default -> field().around("%s is null", "%s is null");
    };
  }

  private Spelled field() {
    var field = switch (random.nextInt(4)) {
      case 0 -> Spelled.same(one("name", "kind", "created_by", "href"));
      case 1 -> Spelled.same(one("spec.region", "spec.a.b_c", "spec.in.not"));
      case 2 -> {
        var key = one("shard", "hyperfleet.io/shard", "a.b", "a/b", "topology.kubernetes.io/zone", "x.y.z", "not/in",
            "1a.2b");
        yield new Spelled("labels." + key, "labels.`" + key + "`");
      }
      default -> {
        var key = one("a-b", "app.kubernetes.io/managed-by", "a b");
        yield new Spelled(one("labels[%s]", "labels['%s']", "labels.[\"%s\"]").formatted(key), "labels.`" + key + "`");
      }
    };
    return random.nextInt(4) == 0 ? field.around("((%s))", "%s") : field;
  }

  private Spelled operator() {
    return random.nextInt(3) == 0
        ? random.nextBoolean() ? new Spelled("==", "=") : new Spelled("!=", "<>")
        : Spelled.same(one("=", "!=", "<", "<=", ">", ">="));
  }

  private Spelled list() {
    var values = new ArrayList<Spelled>();
    for (int n = random.nextInt(1, 4); n > 0; n--) {
      values.add(value());
    }
    return Spelled.joined(values, one(",", " , ")).around(one("[%s]", "[ %s ]", "[%s,]"), "(%s)");
  }

  /** Text or a number that stands for text. */
  private Spelled value() {
    var value = switch (random.nextInt(4)) {
      case 0 -> Spelled.same(one("true", "FALSE", "7", "1.5", "2026-01-31T12:00:00Z", "2026-01-31"));
      default -> text(random.nextInt(8));
    };
    return random.nextInt(5) == 0 ? value.around("(%s)", "%s") : value;
  }

  private Spelled text(int length) {
    var quote = one("'", "\"", "`");
    var theirs = new StringBuilder();
    var ours = new StringBuilder();
    for (int i = 0; i < length; i++) {
      var piece = one("a", " ", "and", "'", "\"", "`", "[", "]", "(", "é", "😀", "--", ";", ":search0", "_", "\\",
          "\n", "\t", "1");
      boolean escape = piece.equals("\\") || piece.equals(quote) || random.nextInt(9) == 0 && "'\"`;([".contains(piece);
      theirs.append(piece.equals("\n") ? "\\n" : piece.equals("\t") ? "\\t" : escape ? "\\" + piece : piece);
      ours.append(piece.equals("\\") ? "\\\\" : piece.equals(quote) ? quote + quote : piece);
    }
    return new Spelled(quote + theirs + quote, quote + ours + quote);
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
