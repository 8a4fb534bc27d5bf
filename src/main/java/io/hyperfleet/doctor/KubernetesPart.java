package io.hyperfleet.doctor;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.KubernetesClients;
import io.hyperfleet.kubernetes.KubernetesProperties;
import io.hyperfleet.log.FailureMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.Binder;

/** Checks that Kubernetes responds, accepts the credentials, and allows adapters to create Jobs in their namespace. */
final class KubernetesPart {

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String NAMESPACE = "hyperfleet-adapters";
  private static final int UNAUTHORIZED = 401;

  private KubernetesPart() {}

  static String look(Binder configuration) {
    var given = configuration.bindOrCreate("hyperfleet.kubernetes", KubernetesProperties.class);
    if (!given.kubeconfig().isBlank() && !Files.isReadable(Path.of(given.kubeconfig()))) {
      throw new IllegalStateException("hyperfleet.kubernetes.kubeconfig: " + given.kubeconfig() + " cannot be read");
    }
    var properties = new KubernetesProperties(given.kubeconfig(), LONGEST, LONGEST, 0, 1, given.circuitBreaker());
    try (var client = KubernetesClients.of(properties).build()) {
      var url = client.getMasterUrl().toString().replaceFirst("/+$", "");
      try {
        var version = client.getKubernetesVersion().getGitVersion();
        if (!mayMakeJobs(client)) {
          throw new IllegalStateException(url + " does not allow this user to create Jobs in " + NAMESPACE
              + ": grant the Role from the chart, or the one that adapter lint --role prints");
        }
        return url + ", " + version;
      } catch (KubernetesClientException e) {
        throw new IllegalStateException(url + (e.getCode() == UNAUTHORIZED
            ? " rejects the credentials; check the kubeconfig"
            : e.getCode() > 0
                ? " answers " + e.getCode() + ": " + FailureMessage.of(e)
                : " does not answer: " + innermost(e))
            + "; check the kubeconfig named by KUBECONFIG or hyperfleet.kubernetes.kubeconfig", e);
      }
    }
  }

  private static boolean mayMakeJobs(KubernetesClient client) {
    var review = client.authorization().v1().selfSubjectAccessReview().create(new SelfSubjectAccessReviewBuilder()
        .withNewSpec().withNewResourceAttributes().withNamespace(NAMESPACE).withVerb("create").withGroup("batch")
        .withResource("jobs").endResourceAttributes().endSpec().build());
    return review.getStatus() != null && Boolean.TRUE.equals(review.getStatus().getAllowed());
  }

  private static String innermost(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return FailureMessage.of(cause);
  }
}
