package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.operate.CustomResourceSimulator;
import io.hyperfleet.local.kubernetes.operate.EventRecorder;
import io.hyperfleet.local.kubernetes.operate.JobSimulator;
import io.hyperfleet.local.kubernetes.operate.SimulatorClock;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import io.hyperfleet.local.kubernetes.resource.Store.Action;
import io.hyperfleet.local.kubernetes.resource.Store.Change;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import io.hyperfleet.local.kubernetes.write.Conditions;
import io.hyperfleet.local.kubernetes.write.Deleter;
import io.hyperfleet.local.kubernetes.write.Writer;
import java.util.function.Consumer;

/** Hands every change to the controllers that care, on the clock's thread. */
final class Simulator {

  private final Store store;
  private final Catalog catalog;
  private final Writer writer;
  private final Deleter deleter;
  private final SimulatorClock clock;
  private final JobSimulator jobs;
  private final CustomResourceSimulator customResources;

  Simulator(Store store, Catalog catalog, Writer writer, Deleter deleter, SimulatorClock clock,
      LocalKubernetes.Settings settings) {
    this.store = store;
    this.catalog = catalog;
    this.writer = writer;
    this.deleter = deleter;
    this.clock = clock;
    var events = new EventRecorder(store, writer);
    this.jobs = new JobSimulator(store, writer, deleter, events, clock, settings.jobDuration());
    this.customResources = new CustomResourceSimulator(store, writer, clock, settings.readyDelay());
  }

  void start() {
    store.listen(change -> {
      // Discovery must know a kind as soon as its definition is stored: kubectl asks at once.
      if (change.type() == Catalog.DEFINITIONS) {
        if (change.action() == Action.DELETED) {
          catalog.forget(change.object());
        } else {
          catalog.define(change.object());
        }
      }
      clock.soon(() -> changed(change));
    });
  }

  private void changed(Change change) {
    deleter.collect(change);
    if (change.action() == Action.DELETED) {
      removed(change);
    } else if (change.type() == Catalog.JOBS) {
      jobs.changed(change.object());
    } else if (change.type().custom() && change.type().status()) {
      customResources.changed(change.type(), change.object());
    } else if (change.type() == Catalog.DEPLOYMENTS) {
      rollOut(change.object());
    } else if (change.type() == Catalog.DEFINITIONS) {
      establish(change.object());
    } else if (change.type() == Catalog.NAMESPACES && change.action() == Action.ADDED) {
      furnish(change.object());
    }
  }

  private void removed(Change change) {
    if (change.type() == Catalog.PODS) {
      jobs.podRemoved(change.object());
    } else if (change.type() == Catalog.DEFINITIONS) {
      Catalog.typesOf(change.object()).forEach(type -> store.list(type, "").forEach(
          object -> store.remove(type, object)));
    }
  }

  private void rollOut(ObjectNode seen) {
    if (seen.at("/status/observedGeneration").asInt() == seen.at("/metadata/generation").asInt()) {
      return;
    }
    status(Catalog.DEPLOYMENTS, seen, "kube-controller-manager", deployment -> {
      var replicas = deployment.at("/spec/replicas").asInt();
      Json.ensure(deployment, "status").put("observedGeneration", deployment.at("/metadata/generation").asInt())
          .put("replicas", replicas).put("updatedReplicas", replicas).put("readyReplicas", replicas)
          .put("availableReplicas", replicas);
      Conditions.set(deployment, "Available", true, "MinimumReplicasAvailable",
          "Deployment has minimum availability.");
      Conditions.set(deployment, "Progressing", true, "NewReplicaSetAvailable", "ReplicaSet has progressed.");
    });
  }

  private void establish(ObjectNode seen) {
    if (Conditions.isTrue(seen, "Established")) {
      return;
    }
    status(Catalog.DEFINITIONS, seen, "kube-apiserver", definition -> {
      Conditions.set(definition, "NamesAccepted", true, "NoConflicts", "no conflicts found");
      Conditions.set(definition, "Established", true, "InitialNamesAccepted", "the initial names have been accepted");
      Json.ensure(definition, "status").set("acceptedNames", definition.path("spec").path("names"));
    });
  }

  private void furnish(ObjectNode namespace) {
    var account = Json.object();
    account.putObject("metadata").put("name", "default");
    writer.create(Catalog.SERVICE_ACCOUNTS, Json.name(namespace), account,
        WriteOptions.controller("kube-controller-manager"));
  }

  private void status(ResourceType type, ObjectNode object, String manager,
      Consumer<ObjectNode> change) {
    writer.update(type, Json.namespace(object), Json.name(object), WriteOptions.status(manager), live -> {
      change.accept(live);
      return live;
    });
  }
}
