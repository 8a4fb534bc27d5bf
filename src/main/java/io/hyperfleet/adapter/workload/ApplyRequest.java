package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.hyperfleet.kubernetes.KubernetesErrors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Server-side apply. The client sends again whatever is answered 5xx, yet Kubernetes answers 500 to a manifest that does not fit its
 * schema; so it is this that sends again, as often and with such pauses as the client would, and only where time may help.
 */
final class ApplyRequest {

  private static final int LONGEST_DOUBLED = 6;

  private final KubernetesClient once;
  private final int retries;
  private final long pause;

  ApplyRequest(KubernetesClient kubernetes) {
    var config = kubernetes.getConfiguration();
    this.retries = config.getRequestRetryBackoffLimit();
    this.pause = config.getRequestRetryBackoffInterval();
    RequestConfig withoutRetry = new RequestConfigBuilder(config.getRequestConfig()).withRequestRetryBackoffLimit(0).build();
    this.once = kubernetes.newClient(withoutRetry).adapt(KubernetesClient.class);
  }

  /**
   * Applies an object.
   *
   * @throws KubernetesClientException when Kubernetes refuses, or is away after the last try
   */
  GenericKubernetesResource send(GenericKubernetesResource object, String manager, boolean force) {
    var patch = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager(manager).withForce(force).build();
    for (int failures = 0; ; failures++) {
      try {
        return once.resource(object).patch(patch);
      } catch (KubernetesClientException e) {
        if (failures == retries || !KubernetesErrors.passing(e) || !rest(failures, e)) {
          throw e;
        }
      }
    }
  }

  /** Whether it was not disturbed. */
  private boolean rest(int failures, KubernetesClientException failure) {
    try {
      long longest = pause << Math.min(failures, LONGEST_DOUBLED);
      Thread.sleep(Math.max(asked(failure), longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1)));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Milliseconds that the answer asks to wait. */
  private static long asked(KubernetesClientException failure) {
    var details = failure.getStatus() == null ? null : failure.getStatus().getDetails();
    return details == null || details.getRetryAfterSeconds() == null ? 0 : details.getRetryAfterSeconds() * 1000L;
  }
}
