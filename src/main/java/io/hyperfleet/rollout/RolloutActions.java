package io.hyperfleet.rollout;

import io.hyperfleet.history.ResourceHistory;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.revision.KnownRevision;
import io.hyperfleet.revision.Revisions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.tenancy.Tenant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people do with rollouts. Each is said in the log with who did it. */
@Service
@ConditionalOnRole(Role.API)
public class RolloutActions {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutActions.class);

  private final RolloutStore store;
  private final RolloutPlans plans;
  private final Revisions revisions;
  private final ResourceStore resources;
  private final ResourceHistory history;

  RolloutActions(RolloutStore store, RolloutPlans plans, Revisions revisions, ResourceStore resources,
      ResourceHistory history) {
    this.store = store;
    this.plans = plans;
    this.revisions = revisions;
    this.resources = resources;
    this.history = history;
  }

  /** The rollouts of all adapters that have one, by name; of tenants' the numbers of resources are left out. */
  public Map<String, RolloutView> views(Tenant tenant) {
    return store.list().stream().collect(Collectors.toMap(Rollout::adapter, rollout -> view(rollout, tenant)));
  }

  private RolloutView view(Rollout rollout, Tenant tenant) {
    boolean under = rollout.state() != Rollout.State.DONE;
    var plan = under ? plans.plan(rollout.adapter(), rollout.to()).orElse(null) : null;
    var progress = plan == null || tenant.limited() ? null : store.progress(rollout, plan.within());
    return new RolloutView(under ? rollout.from() : null, rollout.to(), rollout.state().word(), rollout.wave(),
        rollout.waves(), rollout.since(),
        plan != null && rollout.state() == Rollout.State.ROLLING && rollout.wave() > 0
            && rollout.wave() < rollout.waves() ? rollout.waveTime().plus(plan.pause()) : null,
        tenant.limited() ? null : rollout.reason(), rollout.left(),
        progress == null ? null : progress.moved(), progress == null ? null : progress.healthy(),
        progress == null ? null : progress.failed(), progress == null ? null : progress.pending());
  }

  /**
   * Halts a rollout: nothing further moves.
   *
   * @throws Problem {@code STATE_CONFLICT} where none is rolling
   */
  @Transactional
  public void halt(String adapter, Tenant tenant, String caller) {
    requireAll(tenant);
    var rollout = inState(adapter, Rollout.State.ROLLING);
    store.change(rollout, Rollout.State.HALTED, rollout.wave(), rollout.waves(), "halted by " + caller, caller);
    LOG.info("adapter {}: the rollout of revision {} is halted by {}", adapter, rollout.to(), caller);
  }

  /**
   * Goes on with a rollout that has halted; what has failed until now does not count any more.
   *
   * @throws Problem {@code STATE_CONFLICT} where none has halted
   */
  @Transactional
  public void resume(String adapter, Tenant tenant, String caller) {
    requireAll(tenant);
    var rollout = inState(adapter, Rollout.State.HALTED);
    store.accept(rollout);
    store.change(rollout, Rollout.State.ROLLING, rollout.wave(), rollout.waves(), null, caller, true);
    LOG.info("adapter {}: the rollout of revision {} goes on, asked for by {}", adapter, rollout.to(), caller);
  }

  /**
   * Makes a former revision wanted at once, and holds it until another one is announced than the one that was left.
   *
   * @param to its digest; null for the one before
   * @throws Problem {@code NOT_FOUND} for what is not known; {@code STATE_CONFLICT} where there is nothing to go back
   * to
   */
  @Transactional
  public void rollback(String adapter, String to, Tenant tenant, String caller) {
    requireAll(tenant);
    revisions.lock();
    var rollout = store.lock(adapter);
    var wanted = Optional.ofNullable(revisions.wanted().get(adapter)).orElseThrow(
        () -> new Problem(ProblemCode.NOT_FOUND, "There is no wanted revision of an adapter of that name"));
    var former = to != null
        ? to
        : rollout.filter(now -> now.state() != Rollout.State.DONE).map(Rollout::from).orElse(wanted.previous());
    if (former == null) {
      throw new Problem(ProblemCode.STATE_CONFLICT, adapter + " has no former revision to go back to");
    }
    if (former.equals(wanted.digest())) {
      throw new Problem(ProblemCode.STATE_CONFLICT, adapter + " has that revision already");
    }
    var revision = kept(adapter, former);
    requireSameRoute(adapter, revision, wanted.digest());
    revisions.want(adapter, former, wanted.digest());
    store.put(adapter, revision.kind(), former, former, Rollout.State.DONE, 0, null, caller, wanted.digest());
    store.back(adapter, former);
    LOG.info("adapter {}: back from revision {} to {}, asked for by {}", adapter, wanted.digest(), former, caller);
  }

  /**
   * Makes one resource follow one revision, whatever is wanted.
   *
   * @throws Problem {@code NOT_FOUND} for what is not known, {@code VALIDATION} for what is no adapter's name
   */
  @Transactional
  public void pin(ResourceKey key, String adapter, String digest, String caller) {
    var resource = resource(key, adapter);
    var wanted = Optional.ofNullable(revisions.wanted().get(adapter)).orElseThrow(
        () -> new Problem(ProblemCode.NOT_FOUND, "There is no wanted revision of an adapter of that name"));
    var revision = kept(adapter, digest);
    requireSameRoute(adapter, revision, wanted.digest());
    if (!key.kind().name().equals(revision.kind())) {
      throw new Problem(ProblemCode.STATE_CONFLICT, adapter + " acts on the kind " + revision.kind());
    }
    if (store.lock(adapter).isEmpty()) {
      store.put(adapter, revision.kind(), wanted.digest(), wanted.digest(), Rollout.State.DONE, 0, null, caller, null);
    }
    store.pin(key.id(), adapter, digest, caller);
    noted(resource, adapter, "pin", caller);
    LOG.info("{} {}: pinned to revision {} of {} by {}", key.kind().name(), key.id(), digest, adapter, caller);
  }

  /**
   * Makes one resource follow what is wanted again.
   *
   * @throws Problem {@code NOT_FOUND} where it is not pinned
   */
  @Transactional
  public void unpin(ResourceKey key, String adapter, String caller) {
    var resource = resource(key, adapter);
    if (!store.unpin(key.id(), adapter)) {
      throw new Problem(ProblemCode.NOT_FOUND,
          key.kind().name() + " '" + key.id() + "' is not pinned to a revision of " + adapter);
    }
    noted(resource, adapter, "unpin", caller);
    LOG.info("{} {}: no longer pinned to a revision of {}, asked for by {}", key.kind().name(), key.id(), adapter,
        caller);
  }

  private Resource resource(ResourceKey key, String adapter) {
    if (!AdapterNames.isName(adapter)) {
      throw Problem.invalid(new FieldError("adapter", "adapter must be at most 63 lower-case letters, digits and '-', "
          + "and start and end with a letter or digit", null, "pattern"));
    }
    return resources.read(key, false).orElseThrow(key::notFound).resource();
  }

  private void noted(Resource resource, String adapter, String action, String caller) {
    store.tell(resource.id(), adapter);
    resources.run(history.action(resource.id(), resources.clock(), action, resource.generation(), caller, adapter,
        null));
  }

  private Rollout inState(String adapter, Rollout.State state) {
    var rollout = store.lock(adapter);
    return rollout.filter(now -> now.state() == state).orElseThrow(() -> new Problem(ProblemCode.STATE_CONFLICT,
        rollout.isEmpty()
            ? adapter + " has no rollout"
            : "The rollout of " + adapter + " is " + rollout.get().state().word() + ", not " + state.word()));
  }

  private KnownRevision kept(String adapter, String digest) {
    var revision = revisions.read(adapter, digest).orElseThrow(
        () -> new Problem(ProblemCode.NOT_FOUND, "There is no revision of that digest of this adapter"));
    if (!revision.complete()) {
      throw new Problem(ProblemCode.STATE_CONFLICT, "The content of that revision is not known");
    }
    return revision;
  }

  /** A process runs one route for an adapter. */
  private void requireSameRoute(String adapter, KnownRevision revision, String wanted) {
    revisions.read(adapter, wanted).filter(now -> !now.runsLike(revision)).ifPresent(now -> {
      throw new Problem(ProblemCode.STATE_CONFLICT, "That revision is a " + revision.template() + " for "
          + revision.kind() + ", the wanted one a " + now.template() + " for " + now.kind()
          + ": put the folder back instead");
    });
  }

  private static void requireAll(Tenant tenant) {
    if (tenant.limited()) {
      throw new Problem(ProblemCode.PERMISSION_DENIED, "A rollout concerns every tenant");
    }
  }
}
