package io.hyperfleet.dryrun;

import io.hyperfleet.adapter.Failure;
import io.hyperfleet.adapter.definition.AdapterCondition;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.Verified;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.dryrun.Trace.Checked;
import io.hyperfleet.dryrun.input.Scenario;
import io.hyperfleet.json.StatusConditions;
import io.hyperfleet.log.FailureMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Builds the trace from the exchange and the stand-ins' requests. */
final class TraceBuilder {

  private static final List<String> SEEN = List.of("cluster", "nodepool", "adapters", "adapter", "event", "resources",
      "now");

  private final AdapterDefinition definition;
  private final CelEngine engine;
  private final Scenario scenario;

  TraceBuilder(AdapterDefinition definition, CelEngine engine, Scenario scenario) {
    this.definition = definition;
    this.engine = engine;
    this.scenario = scenario;
  }

  Trace build(Exchange exchange, StandInApi api, StandInKubernetes kubernetes) {
    var assessed = Optional.ofNullable(exchange.getVariable("assessed", Assessed.class));
    var fetched = exchange.getVariable("fetched", Fetched.class);
    var verified = Optional.ofNullable(exchange.getVariable("verified", Verified.class));
    var facts = facts(exchange, assessed, verified);
    var conditions = new PredicateCheck(engine, facts);
    boolean living = fetched != null && !fetched.deleting();
    boolean asked = living && assessed.filter(Assessed::applies).isPresent();
    var preconditions = asked
        ? conditions.check(definition.preconditions())
        : PredicateCheck.notAsked(definition.preconditions());
    List<Checked> postconditions = verified.isEmpty() || verified.get().resources().isEmpty()
        ? List.of()
        : conditions.check(definition.postconditions());
    var appliesWhen = definition.appliesWhen().map(program -> List.of(new AdapterCondition("appliesWhen", program)))
        .orElse(List.of());
    return new Trace(definition.name(), exchange.getVariable("event"), pick(SEEN, facts), decided(fetched, assessed),
        living && assessed.isPresent() ? conditions.check(appliesWhen) : PredicateCheck.notAsked(appliesWhen),
        preconditions,
        kubernetes.changes(), postconditions, api.reports(), problems(exchange, api, preconditions));
  }

  private static Map<String, Object> facts(Exchange exchange, Optional<Assessed> assessed,
      Optional<Verified> verified) {
    @SuppressWarnings("unchecked")
    var own = (Map<String, Object>) exchange.getVariable("resources", Map.class);
    var resources = verified.map(Verified::resources).filter(map -> !map.isEmpty()).orElse(own);
    return assessed.map(one -> one.facts(resources)).orElse(Map.of());
  }

  private static Map<String, Object> decided(Fetched fetched, Optional<Assessed> assessed) {
    Map<String, Object> decided = new LinkedHashMap<>();
    if (fetched != null) {
      decided.put("deleting", fetched.deleting());
      assessed.ifPresent(one -> {
        if (!fetched.deleting()) {
          decided.put("applies", one.applies());
        }
        decided.put("upToDate", one.available());
      });
    }
    return decided;
  }

  private static Map<String, Object> pick(List<String> names, Map<String, Object> all) {
    Map<String, Object> picked = new LinkedHashMap<>();
    names.stream().filter(all::containsKey).forEach(name -> picked.put(name,
        all.get(name) instanceof Instant time ? time.toString() : all.get(name)));
    return picked;
  }

  private List<String> problems(Exchange exchange, StandInApi api, List<Checked> preconditions) {
    List<String> problems = new ArrayList<>();
    if (exchange.getVariable("event") == null) {
      problems
          .add("the event cannot be read: " + reason(exchange).orElse("data.id, the id of the resource, is required"));
      return problems;
    }
    preconditions.stream().filter(one -> one.result().equals(Checked.ERROR))
        .forEach(one -> problems.add("precondition '" + one.name() + "' cannot be evaluated: " + one.why().get(0)));
    for (var report : api.reports()) {
      var health = StatusConditions.find(report.body().get("conditions"), "Health");
      if ("False".equals(health.get("status"))) {
        problems.add("Health is False: " + health.get("message"));
      }
    }
    if (api.reports().isEmpty()) {
      problems.add(event(exchange).equals(scenario.resource().get("id"))
          ? "nothing would be reported: " + reason(exchange).orElseGet(() -> held(exchange))
          : "the event is about " + event(exchange) + ", the resource that was given is "
              + scenario.resource().get("id"));
    }
    return problems;
  }

  /** What the routes have stumbled over. */
  private static Optional<String> reason(Exchange exchange) {
    var failure = exchange.getVariable("failure", Failure.class);
    Throwable thrown = exchange.getException() == null
        ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
        : exchange.getException();
    return failure == null ? Optional.ofNullable(thrown).map(FailureMessage::of) : Optional.of(failure.message());
  }

  /** Who has seen to it that nothing is done. */
  private static String held(Exchange exchange) {
    return exchange.getVariable("definition") instanceof AdapterDefinition definition
        && definition.workload().suspended()
            ? "the adapter is suspended (spec.suspend)"
            : exchange.getVariable("fetched") instanceof Fetched fetched && fetched.paused()
                ? "the resource is paused"
                : "the adapter's routes end before the report";
  }

  private static Object event(Exchange exchange) {
    return ((Map<?, ?>) exchange.getVariable("event")).get("id");
  }
}
