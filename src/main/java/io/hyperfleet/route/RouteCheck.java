package io.hyperfleet.route;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RouteTemplateParameterDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.springframework.core.io.Resource;

/**
 * Finds problems in an operator's route files that Camel only detects when a template is instantiated or an event
 * arrives: unknown endpoints, beans, methods, languages and route configurations, and expressions that do not compile.
 */
final class RouteCheck {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
  private static final String DIRECT = "direct:";

  private final ModelCamelContext context;
  private final Map<String, Resource> files = new HashMap<>();
  private final boolean adapters;

  /**
   * A check of some files, whose routes the context has, as it has all others.
   *
   * @param adapters whether adapters run in this process: where not, nothing that their templates call is there
   */
  RouteCheck(CamelContext context, List<Resource> files, boolean adapters) {
    this.context = (ModelCamelContext) context;
    this.adapters = adapters;
    files.forEach(file -> this.files.put(file.getFilename(), file));
  }

  /**
   * Checks the routes, templates and configurations of the files.
   *
   * @throws BrokenRouteFileException for the first thing that is wrong
   */
  void check() {
    for (RouteDefinition route : context.getRouteDefinitions()) {
      of(route.getResource()).ifPresent(file -> check(new Place(file, Set.of()), route));
    }
    for (RouteTemplateDefinition template : context.getRouteTemplateDefinitions()) {
      var parameters = parameters(template);
      if (adapters || !parameters.contains(RouteTemplates.WORKLOAD)) {
        of(template.getResource()).ifPresent(file -> check(new Place(file, parameters), template.getRoute()));
      }
    }
    for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
      of(configuration.getResource()).ifPresent(file -> configuration.getOnExceptions()
          .forEach(handler -> steps(new Place(file, Set.of()), handler.getOutputs())));
    }
  }

  private Optional<Resource> of(org.apache.camel.spi.Resource resource) {
    return Optional.ofNullable(resource)
        .map(from -> files.get(from.getLocation().substring(from.getLocation().indexOf(':') + 1)));
  }

  /** A file, and the names that placeholders in one of its routes may have beside those of properties. */
  private record Place(Resource file, Set<String> parameters) {

    void refuse(int line, String problem) {
      throw new BrokenRouteFileException(file, line, problem);
    }
  }

  private static Set<String> parameters(RouteTemplateDefinition template) {
    return Optional.ofNullable(template.getTemplateParameters()).orElse(List.of()).stream()
        .map(RouteTemplateParameterDefinition::getName).collect(Collectors.toSet());
  }

  private void check(Place place, RouteDefinition route) {
    var configuration = route.getRouteConfigurationId();
    if (configuration != null && !PLACEHOLDER.matcher(configuration).find()
        && context.getRouteConfigurationDefinition(configuration) == null) {
      place.refuse(route.getLineNumber(), "unknown route configuration '" + configuration + "'"
          + allowed(context.getRouteConfigurationDefinitions().stream().map(RouteConfigurationDefinition::getId)));
    }
    endpoint(place, route.getInput(), route.getInput().getEndpointUri());
    steps(place, route.getOutputs());
  }

  private void steps(Place place, List<ProcessorDefinition<?>> outputs) {
    for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(outputs,
        ProcessorDefinition.class)) {
      step(place, step);
      if (step instanceof ChoiceDefinition choice) {
        choice.getWhenClauses().forEach(when -> expression(place, when.getLineNumber(), when.getExpressionType()));
      }
    }
  }

  private void step(Place place, ProcessorDefinition<?> step) {
    if (step instanceof EndpointRequiredDefinition sender) {
      endpoint(place, step, sender.getEndpointUri());
      if (sender.getEndpointUri().startsWith(DIRECT)) {
        direct(place, step.getLineNumber(), sender.getEndpointUri());
      }
    }
    if (step instanceof BeanDefinition bean && bean.getRef() != null) {
      method(place, step.getLineNumber(), bean.getRef(), bean.getMethod());
    }
    if (step instanceof HasExpressionType asking) {
      expression(place, step.getLineNumber(), asking.getExpressionType());
    }
  }

  private void endpoint(Place place, LineNumberAware node, String uri) {
    var names = PLACEHOLDER.matcher(uri);
    while (names.find()) {
      var name = names.group(1);
      if (!name.startsWith("?") && !name.contains(":") && !place.parameters().contains(name)
          && context.getPropertiesComponent().resolveProperty(name).isEmpty()) {
        place.refuse(node.getLineNumber(), "{{" + name + "}} is neither a parameter of the template nor a property"
            + allowed(place.parameters().stream()));
      }
    }
    var scheme = uri.substring(0, Math.max(0, uri.indexOf(':')));
    if (!scheme.isEmpty() && !scheme.contains("{{") && context.getComponent(scheme) == null) {
      place.refuse(node.getLineNumber(), "unknown component '" + scheme + "' in this process"
          + RouteWords.meant(scheme, context.getComponentNames()));
    }
  }

  /**
   * Names with placeholders stand for many; and a route that is loaded into every process may call one in another one.
   */
  private void direct(Place place, int line, String uri) {
    if (!place.parameters().contains(RouteTemplates.WORKLOAD) || uri.contains("{{") || consumers().anyMatch(
        from -> Pattern.matches(Stream.of(PLACEHOLDER.split(from, -1)).map(Pattern::quote)
            .collect(Collectors.joining(".+")), uri))) {
      return;
    }
    place.refuse(line, "no route starts with " + uri
        + RouteWords.meant(uri, consumers().collect(Collectors.toCollection(TreeSet::new))));
  }

  /** All that there are, those of templates too. */
  private Stream<RouteDefinition> routes() {
    return Stream.concat(context.getRouteDefinitions().stream(),
        context.getRouteTemplateDefinitions().stream().map(RouteTemplateDefinition::getRoute));
  }

  private Stream<String> consumers() {
    return routes().map(route -> route.getInput().getEndpointUri()).filter(uri -> uri.startsWith(DIRECT));
  }

  private void method(Place place, int line, String ref, String call) {
    if (PLACEHOLDER.matcher(ref + call).find()) {
      return;
    }
    var bean = context.getRegistry().lookupByName(ref);
    if (bean == null) {
      place.refuse(line, "unknown bean '" + ref + "'" + RouteWords.meant(ref, beans()));
    } else if (call != null) {
      var name = call.substring(0, call.indexOf('(') < 0 ? call.length() : call.indexOf('('));
      var methods = Arrays.stream(bean.getClass().getMethods())
          .filter(method -> method.getDeclaringClass() != Object.class).map(Method::getName)
          .collect(Collectors.toCollection(TreeSet::new));
      if (!methods.contains(name)) {
        place.refuse(line, "the bean " + ref + " has no method '" + name + "'" + allowed(methods.stream()));
      }
    }
  }

  /** Those that any route calls. */
  private Set<String> beans() {
    return routes().flatMap(route -> ProcessorDefinitionHelper
        .filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class).stream())
        .map(RouteCheck::ref)
        .filter(ref -> ref != null && context.getRegistry().lookupByName(ref) != null)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String ref(ProcessorDefinition<?> step) {
    return step instanceof BeanDefinition bean
        ? bean.getRef()
        : step instanceof HasExpressionType asking && asking.getExpressionType() instanceof MethodCallExpression call
            ? call.getRef()
            : null;
  }

  private void expression(Place place, int line, ExpressionDefinition expression) {
    if (expression instanceof MethodCallExpression call) {
      if (call.getRef() != null) {
        method(place, line, call.getRef(), call.getMethod());
      }
    } else if (expression != null && expression.getLanguage() != null && expression.getExpression() != null
        && !PLACEHOLDER.matcher(expression.getExpression()).find()) {
      try {
        context.resolveLanguage(expression.getLanguage()).createExpression(expression.getExpression());
      } catch (NoSuchLanguageException e) {
        place.refuse(line, "unknown language '" + expression.getLanguage() + "' in this process"
            + allowed(Stream.of("cel", "simple", "constant")));
      } catch (RuntimeCamelException e) {
        place.refuse(line, e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
      }
    }
  }

  private static String allowed(Stream<String> names) {
    var sorted = new ArrayList<>(new TreeSet<>(names.toList()));
    return sorted.isEmpty() ? "" : "; allowed: " + String.join(", ", sorted);
  }
}
