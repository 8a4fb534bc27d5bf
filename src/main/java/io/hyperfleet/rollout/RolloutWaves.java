package io.hyperfleet.rollout;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.resource.ResourceSnapshot;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Finds the resources of a wave, and notes that they have moved. */
@Component
@ConditionalOnRole(Role.API)
class RolloutWaves {

  private static final ObjectMapper JSON = WholeNumbers.mapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final int PAGE = 500;
  private static final UUID FIRST = new UUID(0, 0);

  private final RolloutStore store;
  private final ResourceStore resources;

  RolloutWaves(RolloutStore store, ResourceStore resources) {
    this.store = store;
    this.resources = resources;
  }

  /** Moves everything that falls into a wave, or one before it, and has not moved. */
  void move(Rollout rollout, RolloutPlan plan, int wave) {
    move(rollout, plan, wave, Instant.EPOCH, false);
  }

  /** Moves what has been created since the last wave moved and falls into it, or one before it. */
  void moveNewcomers(Rollout rollout, RolloutPlan plan) {
    move(rollout, plan, rollout.wave(), rollout.waveTime(), true);
  }

  private void move(Rollout rollout, RolloutPlan plan, int wave, Instant since, boolean told) {
    var after = FIRST;
    List<UUID> page;
    do {
      page = store.candidates(rollout, since, after, PAGE);
      var moving = resources.read(page, false).stream().map(ResourceSnapshot::resource)
          .filter(resource -> waveOf(plan, resource) <= wave).map(Resource::id).toList();
      if (!moving.isEmpty()) {
        store.move(rollout.adapter(), moving, wave, told);
      }
      after = page.isEmpty() ? after : page.get(page.size() - 1);
    } while (page.size() == PAGE);
  }

  static int waveOf(RolloutPlan plan, Resource resource) {
    return plan.waveOf(resource.kind(), resource.id().toString(), JSON.convertValue(resource.describe(), MAP));
  }
}
