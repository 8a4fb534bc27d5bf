package io.hyperfleet.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.adapter.definition.AdapterProperties;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A key that was renamed works under its previous name for one release, with a warning. */
@ExtendWith(OutputCaptureExtension.class)
class RenamedKeysTest {

  private static final String WARNING = "hyperfleet.adapters.job-hint is deprecated: use hyperfleet.adapters.object-hint "
      + "instead";

  /** A variable wins over a file; {@code -} is not set. */
  @ParameterizedTest
  @CsvSource({
      // old variable, new variable, old in the file, new in the file, value, warning
      "-,     -,     -,     -,     true,  false",
      "false, -,     -,     -,     false, true",
      "-,     -,     false, -,     false, true",
      "-,     false, -,     -,     false, false",
      "-,     -,     -,     false, false, false",
      "true,  -,     -,     false, true,  true",
      "-,     true,  false, -,     true,  false",
      "false, true,  -,     -,     true,  false"})
  void worksUnderItsPreviousName(String oldVariable, String newVariable, String oldKey, String newKey, boolean value,
      boolean warned, CapturedOutput output) {
    // Given
    var environment = new StandardEnvironment();
    var sources = environment.getPropertySources();
    sources.addFirst(source("file", "hyperfleet.adapters.job-hint", oldKey));
    sources.addFirst(source("file of the new key", "hyperfleet.adapters.object-hint", newKey));
    sources.addFirst(new SystemEnvironmentPropertySource("old-systemEnvironment",
        oldVariable.equals("-") ? Map.of() : Map.of("HYPERFLEET_ADAPTERS_JOBHINT", oldVariable)));
    sources.addFirst(new SystemEnvironmentPropertySource("new-systemEnvironment",
        newVariable.equals("-") ? Map.of() : Map.of("HYPERFLEET_ADAPTERS_OBJECTHINT", newVariable)));
    ConfigurationPropertySources.attach(environment);
    // When
    new RenamedKeys(destination -> org.apache.commons.logging.LogFactory.getLog(RenamedKeys.class))
        .postProcessEnvironment(environment, null);
    // Then
    var properties = Binder.get(environment).bindOrCreate("hyperfleet.adapters", AdapterProperties.class);
    assertThat(properties.objectHint()).isEqualTo(value);
    assertThat(output.getAll().contains(WARNING)).isEqualTo(warned);
  }

  private static MapPropertySource source(String name, String key, String value) {
    return new MapPropertySource(name, value.equals("-") ? Map.of() : Map.of(key, value));
  }
}
