package io.hyperfleet.resource;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.status.AdapterStatuses;
import io.hyperfleet.tenancy.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Re-evaluates resources whose status was computed by other rules: when the required adapters change, the fleet follows
 * without waiting for reports. Each resource is one transaction and stores the digest of its rules, so that any process
 * can continue.
 */
@Service
@ConditionalOnRole(Role.API)
public class ReEvaluation {

  private static final Logger LOG = LoggerFactory.getLogger(ReEvaluation.class);

  private final Kinds kinds;
  private final ResourceStore store;
  private final AdapterStatuses statuses;
  private final StatusUpdater statusUpdater;
  private final ResourceOwnership ownership;
  private final int batchSize;

  ReEvaluation(Kinds kinds, ResourceStore store, AdapterStatuses statuses, StatusUpdater statusUpdater,
      ResourceOwnership ownership,
      ReEvaluationProperties properties) {
    this.kinds = kinds;
    this.store = store;
    this.statuses = statuses;
    this.statusUpdater = statusUpdater;
    this.ownership = ownership;
    this.batchSize = properties.batchSize();
  }

  /** The next resources to evaluate, of any kind. */
  public List<ResourceKey> next() {
    var keys = new ArrayList<ResourceKey>();
    for (Kind kind : kinds.all()) {
      var ids = store.ofOtherRules(kind, batchSize - keys.size());
      if (!ids.isEmpty()) {
        LOG.info("{} resources of the kind {} are re-evaluated with the adapters now required: {}", ids.size(),
            kind.name(),
            kind.requiredAdapters());
      }
      ids.forEach(id -> keys.add(new ResourceKey(kind, id, null, Tenant.ANY)));
    }
    return keys;
  }

  /**
   * Evaluates one resource. A resource being deleted that waited only for an adapter that is no longer required is
   * removed.
   */
  @Transactional
  public void evaluate(@Body ResourceKey key) {
    ownership.lock(key).ifPresent(snapshot -> evaluate(key.kind(), snapshot));
  }

  private void evaluate(Kind kind, ResourceSnapshot snapshot) {
    var resource = snapshot.resource();
    var reports = snapshot.reportsByAdapter();
    var children = resource.finalizing() && store.hasChildren(resource.id());
    if (ResourceOwnership.finished(kind, resource, reports, children)) {
      ownership.remove(resource, snapshot.time());
      return;
    }
    var after = statusUpdater.afterRules(kind, resource, reports, children, snapshot.time());
    var writes = new ArrayList<>(List.of(store.updateStatus(after)));
    if (!after.status().conditions().equals(resource.status().conditions())) {
      writes.add(statuses.replaceConditions(after.id(), after.status().conditions()));
    }
    store.run(writes);
  }
}
