package io.hyperfleet.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * What is kept out of processes that have no use for it is known by names of other projects, which an upgrade may
 * change.
 */
class RoleAutoConfigurationFilterTest {

  private static final List<String> CANDIDATES = ImportCandidates
      .load(AutoConfiguration.class, RoleAutoConfigurationFilterTest.class.getClassLoader()).getCandidates();

  static List<String> names() {
    return RoleAutoConfigurationFilter.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameMatchesAnAutoConfiguration(String name) {
    assertThat(CANDIDATES).anyMatch(candidate -> candidate.startsWith(name));
  }
}
