package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** One client's watch: first what it missed, then every change as it happens, as lines of JSON. */
public final class Watch {

  private final Store store;
  private final ResourceType type;
  private final ApiRequest request;
  private final ResourcePath target;
  private final Predicate<JsonNode> selector;
  private final UnaryOperator<ObjectNode> view;
  private Consumer<Store.Change> listener;

  public Watch(Store store, ResourceType type, ApiRequest request, ResourcePath target,
      UnaryOperator<ObjectNode> view) {
    this.store = store;
    this.type = type;
    this.request = request;
    this.target = target;
    this.selector = Selectors.of(request);
    this.view = view;
  }

  /** Seconds after which the client wants the watch to end; 0 means never. */
  public int timeout() {
    return request.parameter("timeoutSeconds").matches("\\d{1,6}")
        ? Integer.parseInt(request.parameter("timeoutSeconds"))
        : 0;
  }

  /** Sends what there is and subscribes, both under the store's lock. */
  public void start(Consumer<String> sink) {
    store.locked(() -> {
      listener = change -> send(change, sink);
      try {
        first().forEach(listener);
        if (request.flag("sendInitialEvents")) {
          sink.accept(bookmark());
        }
        store.listen(listener);
      } catch (ApiError expired) {
        sink.accept(line("ERROR", expired.status()));
      }
    });
  }

  public void stop() {
    store.forget(listener);
  }

  // Without a version, or with 0, a watch begins with the objects that exist.
  private List<Store.Change> first() {
    var version = request.parameter("resourceVersion");
    if (version.isEmpty() || version.equals("0") || request.flag("sendInitialEvents")) {
      return store.list(type, target.namespace()).stream()
          .map(object -> new Store.Change(Store.Action.ADDED, type, object, null, store.version())).toList();
    }
    return store.since(Long.parseLong(version));
  }

  private void send(Store.Change change, Consumer<String> sink) {
    var object = change.object();
    if (!change.type().is(type.group(), type.plural())
        || !target.namespace().isEmpty() && !target.namespace().equals(Json.namespace(object))
        || !target.name().isEmpty() && !target.name().equals(Json.name(object))) {
      return;
    }
    var was = change.before() != null && selector.test(change.before());
    var is = change.action() != Store.Action.DELETED && selector.test(object);
    if (was && is) {
      sink.accept(line("MODIFIED", view.apply(object)));
    } else if (is) {
      sink.accept(line("ADDED", view.apply(object)));
    } else if (was) {
      sink.accept(line("DELETED", view.apply(object)));
    }
  }

  private String bookmark() {
    var object = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    var metadata = object.putObject("metadata").put("resourceVersion", Long.toString(store.version()));
    metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    return line("BOOKMARK", object);
  }

  private static String line(String kind, JsonNode object) {
    return "{\"type\":\"" + kind + "\",\"object\":" + Json.write(object) + "}\n";
  }
}
