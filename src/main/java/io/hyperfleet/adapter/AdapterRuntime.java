package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterVariables;
import io.hyperfleet.adapter.definition.ExpressionErrors;
import io.hyperfleet.adapter.definition.ReportedData;
import io.hyperfleet.adapter.definition.UnmetConditions;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.adapter.workload.Rollout;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.log.LogContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Asks an adapter's definition about the resource of an event, and leaves the answers as variables of the exchange: the
 * routes decide on them.
 */
public class AdapterRuntime {

  private final AdapterRegistry adapters;
  private final AdapterMonitor monitor;

  AdapterRuntime(AdapterRegistry adapters, AdapterMonitor monitor) {
    this.adapters = adapters;
    this.monitor = monitor;
  }

  /** Sets {@code definition}: one for the whole event, also when the adapter's folder changes meanwhile. */
  public void begin(Exchange exchange, @Variable("adapterName") String name) {
    exchange.setVariable("definition", adapters.definition(name));
  }

  /**
   * Takes the fetched resource: sets {@code resource}, {@code apiTime}, {@code deleting}, {@code owner}, and {@code parentId},
   * the id of the resource that owns it where that has to be fetched too, else empty.
   *
   * @throws IOException when what was answered is no resource
   */
  public void fetched(Exchange exchange, @Body Map<String, Object> resource,
      @Header("X-HyperFleet-Time") String apiTime, @Variable("definition") AdapterDefinition definition) throws IOException {
    checkIsResource(resource);
    var owner = owner(definition, resource);
    boolean deleting = resource.get("deleted_time") != null;
    exchange.setVariable("resource", resource);
    exchange.setVariable("apiTime", ApiTime.received(apiTime == null ? Instant.now() : Instant.parse(apiTime)));
    exchange.setVariable("owner", owner);
    LogContext.fetched(owner.clusterId(), owner.nodePoolId().orElse(null), owner.generation());
    exchange.setVariable("deleting", deleting);
    exchange.setVariable("parentId", deleting || owner.nodePoolId().isEmpty() ? "" : owner.clusterId());
  }

  /**
   * Sets {@code upToDate}, whether this adapter is already available at this generation; every variable that CEL knows; and
   * of a resource that is not being deleted {@code applies}, {@code unmet}, the names of the preconditions that are not met,
   * {@code failedExpressions}, what of all that cannot be evaluated, and the {@code message} that names them.
   *
   * @throws IOException when what was answered is no resource
   */
  public void assess(Exchange exchange, @Body Map<String, Object> fetchedLast,
      @Variable("definition") AdapterDefinition definition, @Variable("owner") Owner owner,
      @Variable("event") Map<String, Object> event) throws IOException {
    checkIsResource(fetchedLast);
    @SuppressWarnings("unchecked")
    var resource = (Map<String, Object>) exchange.getVariable("resource");
    boolean deleting = Boolean.TRUE.equals(exchange.getVariable("deleting"));
    Map<String, ?> cluster = deleting && owner.nodePoolId().isPresent() ? Map.of("id", owner.clusterId()) : fetchedLast;
    var variables = AdapterVariables.of(definition, resource, cluster, event,
        exchange.getVariable("apiTime", ApiTime.class).told());
    variables.forEach(exchange::setVariable);
    exchange.setVariable("upToDate", upToDate(variables, definition.name()));
    exchange.setVariable("cleanUp", false);
    exchange.setVariable("retry", false);
    if (deleting) {
      return;
    }
    var failed = new ArrayList<String>();
    boolean applies = applies(definition, variables, failed);
    exchange.setVariable("applies", applies);
    var unmet = applies ? definition.unmetPreconditions(variables) : UnmetConditions.NONE;
    exchange.setVariable("unmet", unmet.names());
    if (!unmet.isEmpty()) {
      exchange.setVariable("message", unmet.waitingMessage());
    }
    if (Boolean.FALSE.equals(exchange.getVariable("upToDate"))) {
      failed.addAll(unmet.failed());
    }
    failed(exchange, failed, AdapterMonitor.Part.PRECONDITIONS);
  }

  private static boolean applies(AdapterDefinition definition, Map<String, ?> variables, List<String> failed) {
    try {
      return definition.applies(variables);
    } catch (CelEvaluationException e) {
      failed.add(ExpressionErrors.describe("appliesWhen", e));
      return false;
    }
  }

  private void failed(Exchange exchange, List<String> failed, AdapterMonitor.Part part) {
    exchange.setVariable("failedExpressions", List.copyOf(failed));
    if (!failed.isEmpty()) {
      monitor.error(exchange, part);
      exchange.setVariable("message", ExpressionErrors.message(failed));
    }
  }

  /**
   * Looks at what was made: sets {@code unverified}, what is not yet rolled out and the names of the postconditions that are
   * not met, {@code failedExpressions}, what cannot be evaluated, and the {@code message} that says so; once all is well
   * {@code data}, and {@code cleanUp}, whether there may be Jobs that are no longer needed.
   */
  public void verify(Exchange exchange, @Variable("definition") AdapterDefinition definition, @Variable("owner") Owner owner,
      @Variable("resources") Map<String, Object> resources) {
    var variables = exchange.getVariables();
    var pending = resources.entrySet().stream().filter(entry -> makes(definition, entry.getKey()))
        .flatMap(entry -> Rollout.pending((Map<?, ?>) entry.getValue()).stream()).toList();
    var unmet = definition.unmetPostconditions(variables);
    var unverified = new ArrayList<>(pending);
    unverified.addAll(unmet.names());
    var failed = new ArrayList<String>();
    if (exchange.getVariable("undiscoverable") instanceof List<?> undiscoverable) {
      undiscoverable.forEach(text -> failed.add((String) text));
    }
    failed.addAll(unmet.failed());
    var data = unverified.isEmpty() ? definition.data(variables) : new ReportedData(Map.of(), List.of());
    failed.addAll(data.failed());
    if (!failed.isEmpty() && unverified.isEmpty()) {
      unverified.add("expressions");
    }
    exchange.setVariable("unverified", List.copyOf(unverified));
    exchange.setVariable("cleanUp",
        unverified.isEmpty() && (definition.workload().cleanUpAfterSuccess() || owner.generation() > 1));
    if (unverified.isEmpty()) {
      exchange.removeVariable("message");
      exchange.setVariable("data", data.values());
    } else {
      exchange.setVariable("message", String.join(". ", texts(pending, unmet)));
    }
    failed(exchange, failed, AdapterMonitor.Part.POST_ACTIONS);
  }

  private static List<String> texts(List<String> pending, UnmetConditions unmet) {
    var texts = new ArrayList<String>();
    if (!pending.isEmpty()) {
      texts.add("Waiting for resources: " + String.join("; ", pending));
    }
    if (!unmet.isEmpty()) {
      texts.add("Postconditions not met: " + unmet.texts());
    }
    return texts;
  }

  private static boolean makes(AdapterDefinition definition, String name) {
    return definition.template().equals(AdapterDefinition.RESOURCE_ADAPTER)
        && definition.manifests().stream().anyMatch(manifest -> manifest.name().equals(name));
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

  private static void checkIsResource(Map<String, Object> answer) throws IOException {
    if (answer == null || !(answer.get("id") instanceof String) || !(answer.get("generation") instanceof Long)) {
      throw new IOException("its answer is no resource: there is no id and generation");
    }
  }

  private static Owner owner(AdapterDefinition definition, Map<String, Object> resource) {
    var id = (String) resource.get("id");
    long generation = (Long) resource.get("generation");
    return resource.get("owner_references") instanceof Map<?, ?> parent
        ? new Owner(definition.name(), AdapterEvents.checkedId("owner_references.id", parent.get("id")), Optional.of(id),
            generation)
        : Owner.ofCluster(definition.name(), id, generation);
  }
}
