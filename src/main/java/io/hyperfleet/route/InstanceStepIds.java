package io.hyperfleet.route;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

/**
 * Gives the steps of a template's instance the ids that they have in JMX and statistics, such as {@code
 * dns-adapter.fetch-resource}. Camel adds an instance's prefix to step ids, but not in the dump of the route, so that
 * Hawtio, which combines both, would show no numbers.
 */
final class InstanceStepIds extends ModelLifecycleStrategySupport {

  @Override
  public void onAddRouteDefinition(RouteDefinition route) {
    var prefix = route.getNodePrefixId();
    if (prefix != null) {
      // What a route configuration brings along belongs to many routes, and has no prefix.
      var own = route.getOutputs().stream().filter(step -> !step.isAbstract()).toList();
      ProcessorDefinitionHelper.filterTypeInOutputs(List.copyOf(own), ProcessorDefinition.class).stream()
          .flatMap(InstanceStepIds::withBranches)
          .filter(step -> step.getId() != null)
          .forEach(step -> rename(step, prefix + step.getId()));
      route.setNodePrefixId(null);
    }
  }

  private static Stream<OptionalIdentifiedDefinition<?>> withBranches(ProcessorDefinition<?> step) {
    return step instanceof ChoiceDefinition choice
        ? Stream.of(Stream.of(choice), choice.getWhenClauses().stream(), Stream.ofNullable(choice.getOtherwise()))
            .flatMap(branches -> branches)
        : Stream.of(step);
  }

  /** The setter of a choice gives the id to its last branch. */
  private static void rename(OptionalIdentifiedDefinition<?> step, String id) {
    step.setGeneratedId(id);
    step.setCustomId(true);
  }
}
