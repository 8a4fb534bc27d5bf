package io.hyperfleet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ConfigurationReferenceTest {

  private static final Path PAGE = Path.of("docs/configuration.md");
  private static final Pattern VARIABLE = Pattern.compile("\\| `(hyperfleet\\S+)` \\| `(HYPERFLEET_\\w+)` \\|");

  @Test
  void theReferenceIsThatOfTheMetadata() {
    GeneratedPage.assertIs(getClass(), PAGE, ConfigurationPage.of(ConfigurationKeys.read()));
  }

  @Test
  void everyKeyIsExplainedAndOfAKnownType() {
    assertThat(ConfigurationKeys.read()).hasSizeGreaterThan(30).allSatisfy(section -> {
      assertThat(section.description()).as(section.name()).endsWith(".");
      assertThat(section.keys()).allSatisfy(key -> {
        assertThat(key.description()).as(key.name()).endsWith(".");
        assertThat(key.type().words()).as(key.name()).doesNotContain("null");
      });
    });
  }

  @Test
  void variablesOfTheEnvironmentAreThoseThatSpringReads() {
    var found = VARIABLE.matcher(Page.of(PAGE).text()).results().toList();
    assertThat(found).hasSize(3).allSatisfy(pair -> {
      var sources = new MutablePropertySources();
      sources.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
          Map.of(pair.group(2), "found")));
      assertThat(new Binder(ConfigurationPropertySources.from(sources))
          .bind(ConfigurationPropertyName.of(pair.group(1)), Bindable.of(String.class)).get()).isEqualTo("found");
    });
  }
}
