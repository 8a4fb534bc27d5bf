package io.hyperfleet.adapter;

import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterVariables;
import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.adapter.definition.ReportedData;
import io.hyperfleet.adapter.definition.UnmetConditions;
import io.hyperfleet.adapter.definition.UnusableManifestException;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.Assessed;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.adapter.event.Verified;
import io.hyperfleet.adapter.workload.ResourceDiscovery;
import io.hyperfleet.adapter.workload.Returned;
import io.hyperfleet.adapter.workload.Rollout;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.kubernetes.KubernetesErrors;
import io.hyperfleet.log.LogContext;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Evaluates an adapter's definition for the resource of an event; the routes decide by the results. */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class AdapterRuntime {

  /** It becomes part of a path. */
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final AdapterRegistry adapters;
  private final Freshness freshness;
  private final ResourceDiscovery discovery;
  private final AdapterMonitor monitor;

  AdapterRuntime(AdapterRegistry adapters, Freshness freshness, ResourceDiscovery discovery, AdapterMonitor monitor) {
    this.adapters = adapters;
    this.freshness = freshness;
    this.discovery = discovery;
    this.monitor = monitor;
  }

  /** The adapter's definition for a whole event, even if its folder changes in the meantime. */
  public AdapterDefinition definition(@Variable("adapterName") String name) {
    return adapters.definition(name);
  }

  /**
   * Takes the API's response.
   *
   * @throws IOException when it is not a resource
   */
  public Fetched fetched(@Body Map<String, Object> resource, @Header("X-HyperFleet-Time") String apiTime,
      @Header(FleetApi.REVISION) String revision, @Variable("definition") AdapterDefinition definition)
      throws IOException {
    checkIsResource(resource);
    var owner = owner(definition, resource);
    LogContext.fetched(owner.clusterId(), owner.nodePoolId().orElse(null), owner.generation());
    return new Fetched(resource, owner, ApiTime.received(apiTime == null ? Instant.now() : Instant.parse(apiTime)),
        resource.get("deleted_time") != null, OwnReport.of(resource, definition.name()),
        revision == null || revision.equals(definition.digest()) || !DIGEST.matcher(revision).matches()
            ? ""
            : revision);
  }

  /**
   * Takes the reports on the resource if its own response had none.
   *
   * @throws IOException when the response is not a list of reports
   */
  public Fetched withReports(@Body Map<String, Object> answer, @Variable("fetched") Fetched fetched)
      throws IOException {
    if (answer == null || !(answer.get("items") instanceof List<?> reports)) {
      throw new IOException("response is not a list of reports: items missing");
    }
    return fetched.withReports(reports);
  }

  /** The resource with its reports, as the body for the next step. */
  public Map<String, Object> resource(@Variable("fetched") Fetched fetched) {
    return fetched.resource();
  }

  /**
   * Decides whether the adapter acts on the resource, and what it waits for. Not evaluated for a resource that is being
   * deleted.
   *
   * @param fetchedLast the cluster: the resource itself, or the one that owns it
   * @throws IOException when the response is not a resource
   */
  public Assessed assess(@Body Map<String, Object> fetchedLast, @Variable("definition") AdapterDefinition definition,
      @Variable("fetched") Fetched fetched, @Variable("event") Map<String, Object> event) throws IOException {
    checkIsResource(fetchedLast);
    var owner = fetched.owner();
    Map<String, ?> cluster = fetched.deleting() && owner.nodePoolId().isPresent()
        ? Map.of("id", owner.clusterId())
        : fetchedLast;
    var facts = AdapterVariables.of(definition, fetched.resource(), cluster, event, fetched.time().told());
    boolean available = upToDate(facts, definition.name());
    if (fetched.deleting()) {
      return new Assessed(available, false, List.of(), List.of(), false, "", facts);
    }
    var failed = new ArrayList<String>();
    boolean applies = applies(definition, facts, failed);
    var unmet = applies ? definition.unmetPreconditions(facts) : UnmetConditions.NONE;
    if (!available) {
      failed.addAll(unmet.failed());
    }
    count(definition, failed, AdapterMonitor.Part.PRECONDITIONS);
    var message = !failed.isEmpty() ? ExpressionErrors.message(failed) : unmet.isEmpty() ? "" : unmet.waitingMessage();
    return new Assessed(available, applies, unmet.names(), List.copyOf(failed),
        available && freshness.isFresh(definition, fetched, event, facts), message, facts);
  }

  private static boolean applies(AdapterDefinition definition, Map<String, ?> facts, List<String> failed) {
    try {
      return definition.applies(facts);
    } catch (CelEvaluationException e) {
      failed.add(ExpressionErrors.describe("appliesWhen", e));
      return false;
    }
  }

  private void count(AdapterDefinition definition, List<String> failed, AdapterMonitor.Part part) {
    if (!failed.isEmpty()) {
      monitor.error(definition.name(), part);
    }
  }

  /**
   * Reads the objects that the definition discovers, and evaluates the postconditions.
   *
   * @param returned results of Jobs, null when no expression reads them. If a result is lost, what was reported at this
   * generation stands, since it cannot be determined again and must not make a Ready cluster NotReady
   */
  public Verified verify(@Variable("definition") AdapterDefinition definition, @Variable("fetched") Fetched fetched,
      @Variable("assessed") Assessed assessed, @Variable("resources") Map<String, Object> own,
      @Variable("returned") Returned returned) {
    boolean stands = assessed.available() && returned != null && returned.lost();
    ResourceDiscovery.Discovered discovered;
    try {
      discovered = discovery.read(definition, assessed, own);
    } catch (UnusableManifestException e) {
      return new Verified(own, List.of(), List.of(), true, Map.of(), false, KubernetesErrors.describeRefusal(e));
    }
    var resources = discovered.resources();
    var facts = assessed.facts(resources);
    var pending = resources.entrySet().stream().filter(entry -> makes(definition, entry.getKey()))
        .flatMap(entry -> Rollout.pending((Map<?, ?>) entry.getValue()).stream()).toList();
    var conditions = stands ? UnmetConditions.NONE : definition.unmetPostconditions(facts);
    var unmet = new ArrayList<>(pending);
    unmet.addAll(conditions.names());
    var failed = new ArrayList<>(discovered.failed());
    failed.addAll(conditions.failed());
    var data = !unmet.isEmpty()
        ? new ReportedData(Map.of(), List.of())
        : stands ? new ReportedData(reportedData(definition, assessed), List.of()) : definition.data(facts);
    failed.addAll(data.failed());
    if (!failed.isEmpty() && unmet.isEmpty()) {
      unmet.add("expressions");
    }
    count(definition, failed, AdapterMonitor.Part.POST_ACTIONS);
    boolean met = unmet.isEmpty();
    return new Verified(resources, List.copyOf(unmet), List.copyOf(failed), false, data.values(),
        met && (definition.workload().cleanUpAfterSuccess() || fetched.owner().generation() > 1),
        !failed.isEmpty() ? ExpressionErrors.message(failed) : String.join(". ", texts(pending, conditions)));
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
    return !definition.template().runsJob()
        && definition.manifests().stream().anyMatch(manifest -> manifest.name().equals(name));
  }

  /** A Job that succeeded and no longer exists: its data is the last reported data. */
  public Verified remembered(@Variable("definition") AdapterDefinition definition,
      @Variable("assessed") Assessed assessed) {
    return new Verified(Map.of(), List.of(), List.of(), false, reportedData(definition, assessed), false, "");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> reportedData(AdapterDefinition definition, Assessed assessed) {
    return assessed.reported(definition.name()).get("data") instanceof Map<?, ?> map
        ? (Map<String, Object>) map
        : Map.of();
  }

  private static boolean upToDate(Map<String, Object> facts, String name) {
    var own = (Map<?, ?>) ((Map<?, ?>) facts.get("adapters")).get(name);
    return own != null && Boolean.TRUE.equals(own.get("upToDate"));
  }

  private static void checkIsResource(Map<String, Object> answer) throws IOException {
    if (answer == null || !(answer.get("id") instanceof String) || !(answer.get("generation") instanceof Long)) {
      throw new IOException("response is not a resource: id or generation missing");
    }
  }

  private static Owner owner(AdapterDefinition definition, Map<String, Object> resource) {
    var id = (String) resource.get("id");
    long generation = (Long) resource.get("generation");
    return resource.get("owner_references") instanceof Map<?, ?> parent
        ? new Owner(definition.name(), AdapterEvents.checkedId("owner_references.id", parent.get("id")),
            Optional.of(id),
            generation)
        : Owner.ofCluster(definition.name(), id, generation);
  }
}
