package io.hyperfleet.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Jobs of earlier generations are kept for a week after their end, as {@code hyperfleet.adapters.job-history} says. */
class JobHistoryIT extends AdapterFleetIT {

  private static final Duration OLD = Duration.ofDays(8);

  @Test
  void forgetsOldJobsOfEarlierGenerations() {
    var id = create("{\"note\":\"1\"}");
    var first = "runner-" + id + "-gen1";
    awaitEnd(first);
    changeSpec(id, "{\"note\":\"2\",\"fail\":\"no luck\"}");
    var failed = "runner-" + id + "-gen2";
    awaitEnd(failed);
    changeSpec(id, "{\"note\":\"3\"}");
    var current = "runner-" + id + "-gen3";
    awaitEnd(current);
    endedLongAgo(current);

    sendEvent(id);
    assertThat(conditions(id, "runner")).contains("Available=True JobSucceeded");
    assertThat(jobsOf(id, "runner")).as("a week has not passed").containsExactly(first, failed, current);

    endedLongAgo(first);
    endedLongAgo(failed);
    sendEvent(id);
    await("they are deleted after the report").until(() -> jobsOf(id, "runner").size() == 1);
    assertThat(jobsOf(id, "runner")).containsExactly(current);

    sendEvent(id);
    assertThat(conditions(id, "runner")).contains("Available=True JobSucceeded");
  }

  @Test
  void keepsOldJobsWhileTheCurrentOneHasNotSucceeded() {
    var id = create("{\"note\":\"1\"}");
    var first = "runner-" + id + "-gen1";
    awaitEnd(first);
    endedLongAgo(first);
    changeSpec(id, "{\"note\":\"2\",\"fail\":\"no luck\"}");
    awaitEnd("runner-" + id + "-gen2");

    sendEvent(id);

    assertThat(conditions(id, "runner")).contains("Available=False JobFailed");
    assertThat(jobsOf(id, "runner")).hasSize(2);
  }

  private static void endedLongAgo(String name) {
    jobResource(name).editStatus(JobHistoryIT::aged);
  }

  private static Job aged(Job job) {
    var conditions = job.getStatus().getConditions();
    conditions.forEach(condition -> condition.setLastTransitionTime(Instant.now().minus(OLD).toString()));
    return new JobBuilder(job).editStatus().withConditions(conditions).endStatus().build();
  }
}
