package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterDefinition.RenderedManifest;
import io.hyperfleet.adapter.event.ApiTime;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.OwnReport;
import io.hyperfleet.adapter.event.Owner;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelLanguage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Applies manifests as a resource-adapter does, by the route that decides on each object. */
public final class ApplyRoute implements AutoCloseable {

  private final CamelContext camel = new DefaultCamelContext();
  private final ResourceWorkload workload;

  /** Starts the route. */
  public ApplyRoute(KubernetesClient client) {
    workload = new ResourceWorkload(client);
    camel.getRegistry().bind("resourceWorkload", workload);
    camel.getRegistry().bind("cel-language", new CelLanguage(new CelEngine()));
    try {
      for (String file : List.of("shared/errors-to-caller", "adapters/adapter-apply-object")) {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel,
            "file:" + Path.of("src/main/resources/routes/" + file + ".camel.yaml")));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    camel.start();
  }

  /**
   * Applies manifests.
   *
   * @throws RuntimeException what the route failed with
   */
  public void apply(Owner owner, AdapterDefinition definition, List<RenderedManifest> manifests) {
    var exchange = new DefaultExchange(camel);
    var fetched = new Fetched(Map.of("id", owner.resourceId()), owner, ApiTime.received(Instant.now()), false,
        new OwnReport(Map.of()), "");
    exchange.setVariable("fetched", fetched);
    exchange.setVariable("definition", definition);
    exchange.setVariable("manifests", manifests);
    exchange.setVariable("known", workload.begin(fetched, definition, manifests));
    try (var template = camel.createProducerTemplate()) {
      for (int i = 0; i < manifests.size(); i++) {
        exchange.setProperty(Exchange.LOOP_INDEX, i);
        template.send("direct:adapter-apply-object", exchange);
        if (exchange.getException() != null) {
          throw exchange.getException(RuntimeException.class);
        }
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    camel.stop();
  }
}
