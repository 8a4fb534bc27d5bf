package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.docs.GeneratedPage;
import java.lang.reflect.Method;
import org.apache.camel.Variable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What an event carries from step to step: nothing is read that nobody sets, and the page says who sets and reads what.
 */
class EventVariablesTest {

  private static final List<RouteFile> ADAPTERS = RouteFile.all().stream()
      .filter(file -> file.path().toString().contains("/adapters/") || file.name().startsWith("always-acknowledge"))
      .toList();

  private final EventVariables variables = new EventVariables(RouteFile.all());
  private final EventVariables ofAdapters = new EventVariables(ADAPTERS);

  @Test
  void nothingIsReadThatNobodySets() {
    var set = new HashSet<>(EventVariables.ALWAYS);
    set.addAll(EventVariables.setInJava());
    variables.setters().forEach(setter -> set.add(setter.variable()));
    assertThat(variables.readers()).isNotEmpty().allSatisfy(
        reader -> assertThat(set).as("%s reads '%s'", reader.step(), reader.variable()).contains(reader.variable()));
    assertThat(ofAdapters.parameters()).isNotEmpty()
        .allSatisfy((method, names) -> assertThat(set).as("%s", method).containsAll(names));
  }

  @Test
  void everyFieldThatIsReadIsOneOfTheRecordThatIsSet() {
    var setters = ofAdapters.setters().stream().filter(setter -> setter.by().isPresent())
        .collect(Collectors.groupingBy(EventVariables.Setter::variable));
    var read = ofAdapters.readers().stream().filter(reader -> !reader.field().isEmpty()).toList();
    assertThat(ofAdapters.setters()).filteredOn(setter -> setter.step().text("expression").contains("method"))
        .allSatisfy(setter -> assertThat(setter.by()).as("%s", setter.step()).isPresent());
    assertThat(read).hasSizeGreaterThan(30)
        .allSatisfy(reader -> setters.getOrDefault(reader.variable(), List.of()).forEach(setter -> {
          var type = setter.by().orElseThrow().getReturnType();
          if (type.isRecord()) {
            assertThat(Arrays.stream(type.getDeclaredMethods()).filter(method -> method.getParameterCount() == 0)
                .map(Method::getName))
                .as("%s reads %s.%s", reader.step(), reader.variable(), reader.field()).contains(reader.field());
          }
        }));
  }

  @Test
  void everyMethodTakesWhatTheStepsSet() {
    var setters = ofAdapters.setters().stream().filter(setter -> setter.by().isPresent()).toList();
    ofAdapters.parameters().keySet().forEach(method -> Arrays.stream(method.getParameters()).forEach(parameter -> {
      var name = parameter.getAnnotation(Variable.class);
      setters.stream().filter(setter -> name != null && setter.variable().equals(name.value()))
          .forEach(setter -> assertThat(parameter.getType().isAssignableFrom(setter.by().orElseThrow().getReturnType()))
              .as("%s takes %s as %s, %s sets it", method, name.value(), parameter.getType(), setter.step()).isTrue());
    }));
  }

  @Test
  void thePageSaysWhoSetsWhat() {
    GeneratedPage.assertPartIs(getClass(), Path.of("docs/architecture.md"), "<!-- carried -->\n", "<!-- /carried -->\n",
        ofAdapters.table());
  }
}
