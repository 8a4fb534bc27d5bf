package io.hyperfleet.rollout;

import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Says which revision of an adapter a resource follows, to the adapter that fetches it. Of adapters without a rollout,
 * a pin or a step back nothing is asked of the database.
 */
@Service
@ConditionalOnRole(Role.API)
public class FollowedRevisions {

  private final RolloutStore store;
  private final RolloutPlans plans;
  private final GovernedAdapters governed;

  FollowedRevisions(RolloutStore store, RolloutPlans plans, GovernedAdapters governed) {
    this.store = store;
    this.plans = plans;
    this.governed = governed;
  }

  /**
   * The revision that a resource follows.
   *
   * @param adapter who fetches it, or null
   * @param inWaves whether the adapter's folder declares a rollout
   * @return empty where it is what the process of the adapter has
   */
  public Optional<String> of(Resource resource, String adapter, boolean inWaves) {
    if (adapter == null || !inWaves && !governed.mayBe(adapter) || !AdapterNames.isName(adapter)) {
      return Optional.empty();
    }
    var followed = store.followed(adapter, resource.id(), resource.finalizing());
    if (followed.rollout() == null && !inWaves) {
      return Optional.empty();
    }
    return Optional.ofNullable(followed.revision(() -> isNewcomer(followed.rollout(), resource)));
  }

  private boolean isNewcomer(Rollout rollout, Resource resource) {
    return !resource.audit().createdTime().isBefore(rollout.waveTime())
        && plans.plan(rollout.adapter(), rollout.to())
            .filter(plan -> RolloutWaves.waveOf(plan, resource) <= rollout.wave()).isPresent();
  }
}
