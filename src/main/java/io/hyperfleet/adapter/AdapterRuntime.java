package io.hyperfleet.adapter;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an adapter's definition about the resource of an event, and leaves the answers as variables of the exchange: the
 * routes decide on them.
 */
public class AdapterRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(AdapterRuntime.class);

  private final AdapterRegistry adapters;

  AdapterRuntime(AdapterRegistry adapters) {
    this.adapters = adapters;
  }

  /**
   * Sets, from the fetched resource: {@code deleting}; {@code upToDate}, whether this adapter is already available at this
   * generation; every variable that CEL knows; and of a resource that is not being deleted {@code applies}, {@code unmet},
   * the names of the preconditions that are not met, and the {@code message} that names them.
   */
  public void assess(Exchange exchange, @Body Map<String, Object> resource,
      @Header("X-HyperFleet-Time") String apiTime, @Variable("adapterName") String name,
      @Variable("event") Map<String, Object> event) {
    var definition = adapters.definition(name);
    var time = ApiTime.received(apiTime == null ? Instant.now() : Instant.parse(apiTime));
    var variables = AdapterVariables.of(definition, resource, event, time.told());
    variables.forEach(exchange::setVariable);
    exchange.setVariable("resource", resource);
    exchange.setVariable("apiTime", time);
    exchange.setVariable("owner", owner(definition, resource));
    boolean deleting = resource.get("deleted_time") != null;
    exchange.setVariable("deleting", deleting);
    exchange.setVariable("upToDate", upToDate(variables, name));
    if (deleting) {
      return;
    }
    exchange.setVariable("applies", definition.applies(variables));
    var unmet = definition.unmetPreconditions(variables);
    unmet.errors().forEach((condition, error) ->
        LOG.warn("{}: precondition '{}' cannot be evaluated for {}: {}", name, condition, event.get("id"), error));
    exchange.setVariable("unmet", unmet.names());
    if (!unmet.isEmpty()) {
      exchange.setVariable("message", unmet.waitingMessage());
    }
  }

  /**
   * Looks at what was made: sets {@code unverified}, the names of the postconditions that are not met, the
   * {@code message} that names them, and {@code data} once all are met.
   */
  public void verify(Exchange exchange, @Variable("adapterName") String name) {
    var definition = adapters.definition(name);
    var variables = exchange.getVariables();
    var unverified = definition.unmetPostconditions(variables);
    exchange.setVariable("unverified", unverified.names());
    if (unverified.isEmpty()) {
      exchange.removeVariable("message");
      exchange.setVariable("data", definition.data(variables));
    } else {
      exchange.setVariable("message", "Postconditions not met: " + String.join(", ", unverified.names()));
    }
  }

  /** Sets {@code data} to what this adapter last reported: what it was read from is gone. */
  public void remember(Exchange exchange, @Variable("adapters") Map<String, Object> reported,
      @Variable("adapterName") String name) {
    exchange.setVariable("message", "The Job succeeded and is gone; it is not run again at this generation");
    exchange.setVariable("data", ((Map<?, ?>) reported.get(name)).get("data"));
  }

  private static boolean upToDate(Map<String, Object> variables, String name) {
    var own = (Map<?, ?>) ((Map<?, ?>) variables.get("adapters")).get(name);
    return own != null && Boolean.TRUE.equals(own.get("upToDate"));
  }

  private static Owner owner(AdapterDefinition definition, Map<String, Object> resource) {
    var id = String.valueOf(resource.get("id"));
    long generation = ((Number) resource.get("generation")).longValue();
    return resource.get("owner_references") instanceof Map<?, ?> parent
        ? new Owner(definition.name(), String.valueOf(parent.get("id")), Optional.of(id), generation)
        : Owner.ofCluster(definition.name(), id, generation);
  }

  static List<AdapterDefinition.RenderedManifest> render(AdapterDefinition definition, Exchange exchange) {
    try {
      return definition.renderManifests(exchange.getVariables());
    } catch (ManifestException e) {
      throw UnusableManifestException.invalid(e.getMessage());
    }
  }
}
