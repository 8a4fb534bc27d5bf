package io.hyperfleet.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches become SQL whose text depends on their shape only. */
class SearchFilterTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      name = 'a' and generation > 5                 | (r.name = :search0 and r.generation > :search1)
      name='a' or name='b' and kind='c'             | (r.name = :search0 or (r.name = :search1 and r.kind = :search2))
      (name='a' or name='b') and kind='c'           | ((r.name = :search0 or r.name = :search1) and r.kind = :search2)
      NOT name = 'a' AND kind <> 'b'                | (not (r.name = :search0) and r.kind <> :search1)
      not (not name = 'a')                          | not (not (r.name = :search0))
      'a' < name                                    | r.name > :search0
      name in ('a', 'b')                            | r.name in (:search0)
      name not in ['a']                             | not (r.name in (:search0))
      generation between 1 and 5                    | r.generation between :search0 and :search1
      name ilike 'A%'                               | r.name ilike :search0
      deleted_time is not null                      | r.deleted_time is not null
      deleted_time = null                           | r.deleted_time is null
      id = 'x'                                      | r.id::text = :search0
      id = '0198f000-0000-7000-8000-000000000000'   | r.id = :search0
      status.phase != 'Not Ready'                   | r.phase <> (:search0)
      labels.region is null                         | r.id not in (select l.resource_id from resource_labels l where l.key = :search0)
      labels.`a-b/c.d` = 'x'                        | r.id in (select l.resource_id from resource_labels l where l.key = :search0 and l.value = :search1)
      labels.[a-b] = 'x'                            | r.id in (select l.resource_id from resource_labels l where l.key = :search0 and l.value = :search1)
      """)
  void becomesSqlWithBoundValues(String search, String sql) {
    assertThat(SearchFilter.parse(search).sql()).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      name = 'it''s'            | it's
      name = "say ""hi"", he"   | say "hi", he
      name = `tick`             | tick
      labels.shard = 1          | 1
      generation = 2Ki          | 2048
      generation = -1.5K        | -1500.0
      generation = 1e2          | 1E+2
      created_time > 2026-01-31 | 2026-01-31T00:00Z
      created_time > '2026-01-31T01:00:00+01:00' | 2026-01-31T00:00Z
      status.phase = 'Validated' | [Ready]
      """)
  void readsValues(String search, String value) {
    assertThat(SearchFilter.parse(search).parameters().values()).extracting(Object::toString).contains(value);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
      secret = 'x'                          | character 1: unknown field 'secret'; allowed: created_by
      properties.x = 'y'                    | unknown field 'properties.x'
      label.x = 'y'                         | unknown field 'label.x'
      labels = 'y'                          | unknown field 'labels'
      status.x = 'y'                        | unknown field 'status.x'
      status.conditions.Ready.created_time < 2026-01-01 | unknown field
      status.conditions.ready = 'True'      | must start with a capital letter
      status.conditions.Ready != 'True'     | only supports =
      status.conditions.Ready = 'true'      | must be 'True', 'False' or 'Unknown'
      status.conditions.Ready in ('True')   | only supports =
      status.conditions.Ready.last_updated_time < 'yesterday' | must be compared with a time
      status.conditions.Ready.observed_generation in (1)      | only support =, !=, <, <=, > and >=
      not status.conditions.Ready = 'True'  | not is not allowed before status.conditions.Ready
      not (name='a' and labels.x='y')       | character 19: not is not allowed before labels.x
      labels.x not in ('y')                 | not is not allowed before
      status.phase = 'Broken'               | a phase must be Ready or NotReady
      status.phase < 'Ready'                | only supports =, != and in
      generation = '5'                      | generation must be compared with a number
      generation = null or generation > null | compared with a number
      created_time = 5                      | must be compared with a time
      created_time > '2026-13-01'           | must be compared with a time
      deleted_time in (null)                | must be compared with a time
      generation like '5%'                  | like requires text
      name like 'a\\'                       | unterminated text
      name like '%a%a%a%a%a%a%a%a%a%a%'     | at most 10 %
      name ~= 'x'                           | unsupported comparison operator '~='
      generation + 1 = 2                    | unsupported comparison operator '+'
      labels.a-b = 'x'                      | unsupported comparison operator '-'
      name = id                             | expected a value, not 'id'
      'a' = 'b'                             | a field on one side of the comparison
      name =                                | expected a value, not the end
      name = 'a                             | unterminated text
      name = 'a' kind = 'b'                 | not 'kind'
      (name = 'a'                           | not the end
      name in ()                            | expected a value
      name is 'a'                           | null or not null
      name                                  | an operator
      labels. = 'x'                         | expected a name after the dot
      labels.`a                             | unterminated text
      name = 1x                             | neither a number nor a time
      generation > 99999999999999999999999999999999 | neither a number nor a time
      name = 'a'; drop table resources      | unexpected character ';'
      and                                   | expected a value
      """)
  void saysWhatIsWrongAndWhere(String search, String message) {
    assertThatThrownBy(() -> SearchFilter.parse(search))
        .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code()).isEqualTo(ProblemCode.BAD_REQUEST))
        .hasMessageStartingWith("invalid search at character ").hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "not ", "name='a' and (", "labels.`", "-", "[", "name in ("})
  void limitsLengthAndDepth(String piece) {
    assertThatThrownBy(() -> SearchFilter.parse(piece.repeat(4096 / piece.length()))).isInstanceOf(Problem.class);
    assertThatThrownBy(() -> SearchFilter.parse(piece.repeat(4096))).isInstanceOf(Problem.class);
  }

  @Test
  void limitsTheNumberOfConditions() {
    var many = "name='a'" + " or name='a'".repeat(99);

    assertThat(SearchFilter.parse(many).parameters()).hasSize(100);
    assertThatThrownBy(() -> SearchFilter.parse(many + " or name='a'")).hasMessageContaining("at most 100 conditions");
  }

  @Test
  void findsEverythingWhenNothingIsSaid() {
    assertThat(SearchFilter.parse(" ")).isEqualTo(SearchFilter.ALL);
    assertThat(SearchFilter.parse(null)).isEqualTo(SearchFilter.ALL);
  }

  /** Whatever the values and the keys are, they are bound: the text is the same as that of harmless ones. */
  @Test
  void keepsWhatCallersWroteOutOfTheSql() {
    var random = new Random(7);
    var shape = "labels.`%1$s` = '%1$s' and (spec.`%1$s`.b like '%1$s' or name != \"%1$s\") and kind in ('%1$s', 'x')";
    var sql = SearchFilter.parse(shape.formatted("harmless")).sql();
    var pieces = new String[]{"' or 1=1 --", "; drop table x", "{", "}", ":search0", "?", "\\'", "/*", "*/", "$1", "%",
        "_",
        "::jsonb", "\u202e", "\ud83d\ude00", " ", "a"};
    for (int i = 0; i < 500; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      var hostile = text.append('z').toString();
      var filter = SearchFilter.parse(shape.replace("%1$s", "\0")
          .replace("'\0'", "'" + hostile.replace("\\", "\\\\").replace("'", "''") + "'")
          .replace("\0", hostile.replace("\\", "\\\\")));
      assertThat(filter.sql()).isEqualTo(sql);
    }
  }
}
