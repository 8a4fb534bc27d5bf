package io.hyperfleet.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The endpoint of an informer: a kind, in one namespace or all, optionally with a label selector. */
public class KubernetesInformerEndpoint extends DefaultEndpoint {

  private final KubernetesClient kubernetes;
  private String resource = "";
  private String namespace = "";
  private String labelSelector = "";

  KubernetesInformerEndpoint(String uri, KubernetesInformerComponent component, KubernetesClient kubernetes) {
    super(uri, component);
    this.kubernetes = kubernetes;
  }

  /**
   * What to watch: {@code [group/]version/Kind}, such as {@code batch/v1/Job} or {@code v1/ConfigMap}.
   *
   * @throws IllegalArgumentException when it is of another form
   */
  public void setResource(String resource) {
    if (!resource.matches("([a-z0-9.-]+/)?[a-z0-9]+/[A-Za-z0-9]+")) {
      throw new IllegalArgumentException(
          "resource=" + resource + ": expected [group/]version/Kind, as in batch/v1/Job");
    }
    this.resource = resource;
  }

  /**
   * The namespace to watch; all of them when empty.
   *
   * @throws IllegalArgumentException when it is not a name of a namespace
   */
  public void setNamespace(String namespace) {
    this.namespace = namespace.isEmpty() ? namespace : ObjectNames.namespace("namespace", namespace);
  }

  /**
   * Which labels the objects have, such as {@code a=b,c}: values of labels, or keys alone; everything when empty.
   *
   * @throws IllegalArgumentException when it is of another form
   */
  public void setLabelSelector(String labelSelector) {
    if (!labelSelector.isEmpty()) {
      for (String label : labelSelector.split(",", -1)) {
        int equals = label.indexOf('=');
        ObjectNames.labels("labelSelector", equals < 0
            ? Map.of(label, "")
            : Map.of(label.substring(0, equals), label.substring(equals + 1)));
      }
    }
    this.labelSelector = labelSelector;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("kubernetes-informer only consumes");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    var consumer = new KubernetesInformerConsumer(this, processor);
    configureConsumer(consumer);
    return consumer;
  }

  /**
   * An informer that is not started.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when Kubernetes is away or does not know the kind
   */
  SharedIndexInformer<GenericKubernetesResource> informer() {
    int kind = resource.lastIndexOf('/') + 1;
    var resources = kubernetes.genericKubernetesResources(resource.substring(0, kind - 1), resource.substring(kind));
    var scope = namespace.isEmpty() ? resources.inAnyNamespace() : resources.inNamespace(namespace);
    return (labelSelector.isEmpty() ? scope : scope.withLabelSelector(labelSelector)).runnableInformer(0);
  }

  Map<?, ?> asMap(GenericKubernetesResource object) {
    return kubernetes.getKubernetesSerialization().convertValue(object, Map.class);
  }

  @Override
  public String toString() {
    return resource + " in " + (namespace.isEmpty() ? "all namespaces" : namespace)
        + (labelSelector.isEmpty() ? "" : " with " + labelSelector);
  }
}
