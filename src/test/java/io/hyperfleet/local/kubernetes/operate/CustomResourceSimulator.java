package io.hyperfleet.local.kubernetes.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import io.hyperfleet.local.kubernetes.write.Conditions;
import io.hyperfleet.local.kubernetes.write.Writer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands in for the operators of custom resources: readies each generation after a delay. */
public final class CustomResourceSimulator {

  private final Store store;
  private final Writer writer;
  private final SimulatorClock clock;
  private final Duration usual;
  /** Uid and generation of what is scheduled already. */
  private final Set<String> scheduled = ConcurrentHashMap.newKeySet();

  public CustomResourceSimulator(Store store, Writer writer, SimulatorClock clock, Duration usual) {
    this.store = store;
    this.writer = writer;
    this.clock = clock;
    this.usual = usual;
  }

  public void changed(ResourceType type, ObjectNode object) {
    var generation = object.at("/metadata/generation").asInt();
    var key = Json.uid(object) + "/" + generation;
    var steering = Steering.of(object, usual);
    if (steering.isStuck() || object.at("/status/observedGeneration").asInt() == generation || !scheduled.add(key)) {
      return;
    }
    clock.after(steering.duration(), () -> {
      scheduled.remove(key);
      store.get(type, Json.namespace(object), Json.name(object))
          .filter(found -> Json.uid(found).equals(Json.uid(object))
              && found.at("/metadata/generation").asInt() == generation)
          .ifPresent(found -> writer.update(type, Json.namespace(found), Json.name(found),
              WriteOptions.status(type.singular() + "-operator"), live -> settle(type, live)));
    });
  }

  private ObjectNode settle(ResourceType type, ObjectNode object) {
    var steering = Steering.of(object, usual);
    if (steering.isStuck()) {
      return object;
    }
    var generation = object.at("/metadata/generation").asInt();
    var status = Json.ensure(object, "status").put("observedGeneration", generation);
    var condition = steering.fails()
        ? Conditions.set(object, "Ready", false, "Failed", steering.fail())
        : Conditions.set(object, "Ready", true, "Ready", type.kind() + " is ready");
    condition.put("observedGeneration", generation);
    if (type.is(CustomResources.GROUP, CustomResources.PLURAL) && !steering.fails()) {
      status.put("fqdn", Json.text(object, "spec", "hostname"));
    }
    return object;
  }
}
