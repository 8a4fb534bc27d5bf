package io.hyperfleet.rollout;

import io.hyperfleet.metric.Metric;
import io.hyperfleet.metric.MetricSource;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The adapters of which the API says what each resource follows, so that nobody asks the database for the others. */
@Component
@ConditionalOnRole(Role.API)
class GovernedAdapters implements MetricSource {

  private static final int LOOKS = 2;

  private final Duration current;
  private volatile Look last;

  private record Look(Set<String> adapters, List<Rollout> under, long nanoTime) {}

  GovernedAdapters(RolloutProperties properties) {
    this.current = properties.interval().multipliedBy(LOOKS);
  }

  void are(Collection<Rollout> rollouts) {
    last = new Look(rollouts.stream().map(Rollout::adapter).collect(Collectors.toUnmodifiableSet()),
        rollouts.stream().filter(rollout -> rollout.state() != Rollout.State.DONE).toList(), System.nanoTime());
  }

  /** Those that are under way, or have halted. */
  @Override
  public List<Sample> samples() {
    var look = last;
    return look == null
        ? List.of()
        : look.under().stream().flatMap(rollout -> Stream.of(
            Sample.of(Metric.API_ROLLOUT_HALTED, rollout.state() == Rollout.State.HALTED ? 1 : 0, rollout.adapter()),
            Sample.of(Metric.API_ROLLOUT_WAVE, rollout.wave(), rollout.adapter()))).toList();
  }

  /** Whether it may be one of them; each may where nobody has looked lately. */
  boolean mayBe(String adapter) {
    var look = last;
    return look == null || look.adapters().contains(adapter)
        || System.nanoTime() - look.nanoTime() > current.toNanos();
  }
}
