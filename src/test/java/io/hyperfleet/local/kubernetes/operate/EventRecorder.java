package io.hyperfleet.local.kubernetes.operate;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.Store;
import io.hyperfleet.local.kubernetes.resource.WriteOptions;
import io.hyperfleet.local.kubernetes.write.Writer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes Kubernetes Events; the oldest make room, as the real server's expire after an hour. */
public final class EventRecorder {

  private static final int KEPT = 2_000;

  private final Store store;
  private final Writer writer;
  private final Deque<String[]> recorded = new ArrayDeque<>();

  public EventRecorder(Store store, Writer writer) {
    this.store = store;
    this.writer = writer;
  }

  void normal(String component, JsonNode about, String reason, String message) {
    record(component, about, "Normal", reason, message);
  }

  void warning(String component, JsonNode about, String reason, String message) {
    record(component, about, "Warning", reason, message);
  }

  private void record(String component, JsonNode about, String type, String reason, String message) {
    var event = Json.object();
    event.putObject("metadata").put("generateName", Json.name(about) + ".");
    event.putObject("involvedObject").put("kind", Json.text(about, "kind"))
        .put("apiVersion", Json.text(about, "apiVersion")).put("namespace", Json.namespace(about))
        .put("name", Json.name(about)).put("uid", Json.uid(about))
        .put("resourceVersion", Json.text(about, "metadata", "resourceVersion"));
    var now = Writer.now();
    event.put("type", type).put("reason", reason).put("message", message).put("count", 1)
        .put("firstTimestamp", now).put("lastTimestamp", now).put("reportingComponent", component);
    event.putObject("source").put("component", component);
    var namespace = Json.namespace(about);
    var created = writer.create(Catalog.EVENTS, namespace, event, WriteOptions.controller(component));
    recorded.addLast(new String[]{namespace, Json.name(created)});
    if (recorded.size() > KEPT) {
      var oldest = recorded.removeFirst();
      store.get(Catalog.EVENTS, oldest[0], oldest[1]).ifPresent(found -> store.remove(Catalog.EVENTS, found));
    }
  }
}
