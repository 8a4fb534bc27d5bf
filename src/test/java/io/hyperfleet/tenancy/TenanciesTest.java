package io.hyperfleet.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.tenancy.TenancyProperties.Dimension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenanciesTest {

  private static final Dimension ORG = new Dimension("X-Org", "org", true);
  private static final Dimension PROJECT = new Dimension("X-Project", "project", false);

  @Test
  void readsEveryDimension() {
    var tenancies = tenancies(ORG, PROJECT);

    assertThat(tenancies.of(Map.of("X-Org", "a", "X-Project", "b_.-1")::get).dimensions().toString())
        .isEqualTo("{\"org\":\"a\",\"project\":\"b_.-1\"}");
    assertThat(tenancies.of(Map.of("X-Org", "a")::get).dimensions().toString()).isEqualTo("{\"org\":\"a\"}");
  }

  @Test
  void isEmptyWhileItIsOff() {
    assertThat(new Tenancies(new TenancyProperties(false, List.of(ORG))).of(Map.of("X-Org", "a")::get))
        .isSameAs(Tenant.ANY);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
      ''      | X-Org
      a b     | X-Org
      a/b     | X-Org
      größe   | X-Org
      1234567890123456789012345678901234567890123456789012345678901234 | X-Org
      """)
  void refusesWhatIsMissingOrWrong(String value, String header) {
    assertThatThrownBy(() -> tenancies(ORG, PROJECT).of(Map.of("X-Org", value)::get))
        .isInstanceOfSatisfying(Problem.class,
            problem -> assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_DENIED))
        .hasMessageStartingWith("Header " + header);
    assertThatThrownBy(() -> tenancies(ORG, PROJECT).of(Map.of("X-Org", "a", "X-Project", "-/")::get))
        .hasMessageStartingWith("Header X-Project");
  }

  @Test
  void stopsTheStartWhenTheDimensionsMakeNoSense() {
    assertThatThrownBy(() -> tenancies(PROJECT)).hasMessageStartingWith(
        "hyperfleet.tenancy.dimensions: at least one must be required");
    assertThatThrownBy(() -> tenancies(ORG, new Dimension("x-org", "other", true)))
        .hasMessage("hyperfleet.tenancy.dimensions: must not contain duplicate headers");
    assertThatThrownBy(() -> tenancies(ORG, new Dimension("X-Other", "org", true)))
        .hasMessage("hyperfleet.tenancy.dimensions: must not contain duplicate keys");
    assertThatThrownBy(() -> tenancies(ORG, new Dimension("no header", "a", true)))
        .hasMessageStartingWith("hyperfleet.tenancy.dimensions[1].header");
    assertThatThrownBy(() -> tenancies(ORG, new Dimension("X-A", "A", true)))
        .hasMessageStartingWith("hyperfleet.tenancy.dimensions[1].key");
  }

  private static Tenancies tenancies(Dimension... dimensions) {
    return new Tenancies(new TenancyProperties(true, List.of(dimensions)));
  }
}
