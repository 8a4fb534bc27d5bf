package io.hyperfleet.local.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.hyperfleet.local.kubernetes.LocalKubernetes.Settings;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A fresh local Kubernetes for each test, as a field with {@code @RegisterExtension}. */
public final class LocalKubernetesExtension implements BeforeEachCallback, AfterEachCallback {

  private final Settings settings;
  private LocalKubernetes kubernetes;

  /** With the settings of each test's server. */
  public LocalKubernetesExtension(Settings settings) {
    this.settings = settings;
  }

  /** The server of the running test. */
  public LocalKubernetes kubernetes() {
    return kubernetes;
  }

  /** Its shared client. */
  public KubernetesClient client() {
    return kubernetes.client();
  }

  /** Reads an object from YAML, of whatever kind. */
  public static GenericKubernetesResource resource(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    kubernetes = LocalKubernetes.start(settings);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    kubernetes.close();
  }
}
