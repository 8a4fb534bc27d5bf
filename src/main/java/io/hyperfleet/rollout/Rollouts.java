package io.hyperfleet.rollout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.events.EventService;
import io.hyperfleet.revision.WantedRevision;
import io.hyperfleet.revision.WantedRule;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.tenancy.Tenant;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves rollouts on: one process at a time decides about an adapter, in a transaction that changes the state that it
 * saw, so that no wave is left out and none moves twice, whoever ends meanwhile.
 */
@Service
@ConditionalOnRole(Role.API)
public class Rollouts implements WantedRule {

  /** Why adapters are told. */
  static final String REVISION_CHANGED = "revision-changed";

  private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);
  /** Who was at work when somebody went back may report by what was left for so long. */
  private static final Duration STRAGGLERS = Duration.ofMinutes(10);

  private final RolloutStore store;
  private final RolloutPlans plans;
  private final RolloutWaves waves;
  private final GovernedAdapters governed;
  private final EventService events;
  private final TransactionTemplate transaction;
  private final RolloutProperties properties;

  Rollouts(RolloutStore store, RolloutPlans plans, RolloutWaves waves, GovernedAdapters governed, EventService events,
      TransactionTemplate transaction, RolloutProperties properties) {
    this.store = store;
    this.plans = plans;
    this.waves = waves;
    this.governed = governed;
    this.events = events;
    this.transaction = transaction;
    this.properties = properties;
  }

  /** Checks every rollout once. */
  public void poll() {
    var all = store.list();
    governed.are(all);
    if (all.stream().anyMatch(rollout -> rollout.left() != null)) {
      store.endHolds();
    }
    if (all.stream().anyMatch(
        rollout -> rollout.state() == Rollout.State.DONE && rollout.waves() == 0 && rollout.left() == null)) {
      store.release();
    }
    all.stream().filter(rollout -> rollout.state() == Rollout.State.ROLLING || rollout.untold()
        || isLeftLately(rollout)).forEach(rollout -> transaction.executeWithoutResult(
            status -> store.claim(rollout.adapter()).ifPresent(this::step)));
  }

  private static boolean isLeftLately(Rollout rollout) {
    return rollout.left() != null && rollout.readTime().isBefore(rollout.since().plus(STRAGGLERS));
  }

  private void step(Rollout rollout) {
    boolean goesOn = rollout.state() == Rollout.State.ROLLING
        ? advance(rollout)
        : rollout.state() == Rollout.State.DONE;
    if (isLeftLately(rollout)) {
      store.backFrom(rollout.adapter(), rollout.left());
    }
    if (goesOn && !rollout.readTime().isBefore(rollout.governedTime().plus(properties.settle()))) {
      tell(rollout);
    }
  }

  /** False once it has halted. */
  private boolean advance(Rollout rollout) {
    var adapter = rollout.adapter();
    var plan = plans.plan(adapter, rollout.to()).orElse(null);
    if (plan == null) {
      halt(rollout, "its spec.rollout cannot be read");
      return false;
    }
    if (rollout.wave() > 0) {
      waves.moveNewcomers(rollout, plan);
    }
    var step = RolloutStep.next(rollout, plan, store.progress(rollout, plan.within()),
        store.unusable(adapter, rollout.to()).or(() -> store.unusable(adapter, rollout.from())).orElse(null),
        rollout.readTime(), properties.settle());
    if (step instanceof RolloutStep.Halt halt) {
      halt(rollout, halt.reason());
      return false;
    }
    if (step instanceof RolloutStep.Move move && store.change(rollout, Rollout.State.ROLLING, move.wave(),
        plan.waves().size(), null, null)) {
      waves.move(rollout, plan, move.wave());
      LOG.info("adapter {}: wave {} of {} moves to revision {}", adapter, move.wave(), plan.waves().size(),
          rollout.to());
    } else if (step instanceof RolloutStep.Finish && store.change(rollout, Rollout.State.DONE, rollout.wave(),
        plan.waves().size(), null, null)) {
      store.forgetResources(adapter);
      LOG.info("adapter {}: all resources follow revision {}", adapter, rollout.to());
    }
    return true;
  }

  private void halt(Rollout rollout, String reason) {
    if (store.change(rollout, Rollout.State.HALTED, rollout.wave(), rollout.waves(), reason, null)) {
      LOG.warn("adapter {}: the rollout of revision {} has halted in wave {} of {}: {}", rollout.adapter(),
          rollout.to(), rollout.wave(), rollout.waves(), reason);
    }
  }

  /** Tells adapters of some resources that these follow another revision. */
  private void tell(Rollout rollout) {
    var ids = store.untold(rollout.adapter(), properties.batch());
    if (!ids.isEmpty()) {
      var items = JsonNodeFactory.instance.arrayNode();
      ids.forEach(id -> items.addObject().put("aggregate_type", rollout.kind()).put("aggregate_id", id.toString())
          .put("reason", REVISION_CHANGED));
      events.postAll(items, Tenant.ANY);
      store.told(rollout.adapter(), ids);
    }
  }

  @Override
  public boolean holds(String adapter, String digest, boolean inWaves) {
    return store.lock(adapter).map(Rollout::left).filter(digest::equals).isPresent()
        || inWaves && !plans.isKept(adapter, digest);
  }

  @Override
  public void changed(String adapter, String kind, WantedRevision before, WantedRevision now, boolean inWaves) {
    var rollout = store.lock(adapter).orElse(null);
    store.forgetResources(adapter);
    if (!inWaves || kind == null) {
      if (rollout != null && store.hasPins(adapter)) {
        store.put(adapter, kind == null ? rollout.kind() : kind, now.digest(), now.digest(), Rollout.State.DONE, 0,
            null, null, null);
      } else if (rollout != null) {
        store.delete(adapter);
      }
      return;
    }
    var from = rollout != null ? rollout.complete() : before == null ? now.digest() : before.digest();
    int count = plans.plan(adapter, now.digest()).map(plan -> plan.waves().size()).orElse(0);
    if (from.equals(now.digest()) || !plans.isKept(adapter, from)) {
      // The first one there is, what all but those that had moved follow already, or there is nothing to stay with.
      store.put(adapter, kind, now.digest(), now.digest(), Rollout.State.DONE, count, null, null, null);
      store.back(adapter, now.digest());
      return;
    }
    store.put(adapter, kind, from, now.digest(), Rollout.State.ROLLING, count, null, null, null);
    LOG.info("adapter {}: revision {} is rolled out in {} waves", adapter, now.digest(), count);
  }
}
