package io.hyperfleet.dryrun.lint;

import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.dryrun.input.LivingApi;
import io.hyperfleet.kind.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the stored resources of a running API; read-only. */
public final class StoredResources {

  private static final int PAGE = 1000;

  private final String base;
  private final LivingApi api;
  private final Map<String, Map<String, Object>> owners = new HashMap<>();

  /**
   * The resources of an API.
   *
   * @param url its URL, with or without the path of the API
   */
  public StoredResources(String url, LivingApi api) {
    this.base = LivingApi.base(url);
    this.api = api;
  }

  /**
   * The ids of all resources of a kind in their order, asked for page by page behind the last one.
   *
   * @throws InputException when the API does not answer, or not so
   */
  List<String> ids(Kind kind) {
    List<String> ids = new ArrayList<>();
    while (true) {
      var url = base + "/" + kind.plural() + "?due=false&size=" + PAGE
          + (ids.isEmpty() ? "" : "&after=" + ids.get(ids.size() - 1));
      if (!(api.get(url).map(page -> page.get("items")).orElse(null) instanceof List<?> items)) {
        throw new InputException(url + ": not a list of the HyperFleet API");
      }
      if (items.isEmpty()) {
        return ids;
      }
      items.forEach(item -> ids.add(String.valueOf(((Map<?, ?>) item).get("id"))));
    }
  }

  /** A resource with its reports; null when it is gone meanwhile. */
  Map<String, Object> resource(Kind kind, String id) {
    return api.resource(base + "/" + kind.plural() + "/" + id).orElse(null);
  }

  /** The resource that owns others, asked for once. */
  Map<String, Object> owner(Kind kind, String id) {
    return owners.computeIfAbsent(id, owner -> resource(kind, owner));
  }
}
