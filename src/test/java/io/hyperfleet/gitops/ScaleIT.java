package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand objects that are there before anybody looks. */
@Tag("slow")
class ScaleIT extends GitOpsIT {

  private static final int OBJECTS = 10_000;

  @Test
  void firstComparisonOfManyObjectsIsAFewCommitsAndOnePush() throws InterruptedException {
    var callers = Executors.newFixedThreadPool(8);
    IntStream.range(0, OBJECTS).forEach(i -> callers.execute(() -> local.client().resource(new ConfigMapBuilder()
        .withNewMetadata().withNamespace("default").withName("config-" + i).endMetadata().addToData("key", "value-" + i)
        .build()).create()));
    callers.shutdown();
    assertThat(callers.awaitTermination(5, TimeUnit.MINUTES)).isTrue();

    start();
    flow.advance(GitOpsFlow.WINDOW);
    await().atMost(Duration.ofMinutes(5)).until(() -> git.files().size() == OBJECTS);
    flow.untilPending(0);
    assertThat(git.subjects()).hasSizeLessThanOrEqualTo(OBJECTS / 1_000 + 1)
        .allMatch(subject -> subject.equals("[CREATE] 1000 resources by system/reconciler"));
    assertThat(flow.pushes()).isLessThanOrEqualTo(git.subjects().size());

    // A second look finds all of it and writes nothing.
    long pushes = flow.pushes();
    flow.advance(Duration.ofMinutes(1));
    flow.compare();
    assertThat(flow.pushes()).isEqualTo(pushes);
  }
}
