package io.hyperfleet.dryrun.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.cli.ApiClient;
import io.hyperfleet.cli.Exit;
import io.hyperfleet.cli.FleetException;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/** Reads the resources of a fleet for a plan, page by page, without keeping them. */
public final class PlannedResources {

  private static final int PAGE = 100;
  private static final int SAMPLE_PAGE = 10;
  private static final int MOST_OWNERS = 500;
  private static final String FIRST = "00000000-0000-0000-0000-000000000000";
  private static final ObjectMapper JSON = WholeNumbers.mapper();

  private final ApiClient api;
  private final Kind kind;
  private final Kind parent;
  private final String search;
  private final Map<String, Map<String, Object>> owners = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Map<String, Object>> eldest) {
      return size() > MOST_OWNERS;
    }
  };

  /**
   * The resources of a kind.
   *
   * @param search as of lists, or null for all
   */
  public PlannedResources(ApiClient api, Kind kind, Kinds kinds, String search) {
    this.api = api;
    this.kind = kind;
    this.parent = kind.owned() ? kinds.parentOf(kind) : null;
    this.search = search == null || search.isBlank() ? null : search;
  }

  /**
   * A resource and the cluster that owns it, which is the resource itself if it has no owner.
   *
   * @param resource with the reports about it
   */
  public record Planned(Map<String, Object> resource, Map<String, Object> cluster) {}

  /**
   * Gives all of them in the order of their ids.
   *
   * @param consumer also learns how many there are in all, as of the beginning
   * @throws FleetException when the API does not answer, or not so
   */
  public void each(ObjLongConsumer<Planned> consumer) {
    long total = -1;
    for (String after = FIRST;;) {
      var answer = page("&size=" + PAGE, "id > '" + after + "'" + (search == null ? "" : " and (" + search + ")"));
      total = total < 0 ? answer.path("total").asLong() : total;
      var items = answer.path("items");
      for (JsonNode item : items) {
        consumer.accept(planned(item), total);
      }
      if (items.size() < PAGE) {
        return;
      }
      var last = items.path(items.size() - 1).path("id").asText();
      if (last.compareTo(after) <= 0) {
        throw new FleetException(Exit.AWAY, "the API returned pages out of order, after id " + after);
      }
      after = last;
    }
  }

  /** Gives about so many of them, from all over the fleet. */
  public void sample(long wanted, ObjLongConsumer<Planned> consumer) {
    long total = page("&size=1", search).path("total").asLong();
    if (total <= wanted) {
      each(consumer);
      return;
    }
    long pages = (total + SAMPLE_PAGE - 1) / SAMPLE_PAGE;
    long picked = Math.min(pages, (wanted + SAMPLE_PAGE - 1) / SAMPLE_PAGE);
    long seen = 0;
    for (long i = 0; i < picked; i++) {
      for (JsonNode item : page("&size=" + SAMPLE_PAGE + "&page=" + (i * pages / picked + 1), search).path("items")) {
        if (seen++ < wanted) {
          consumer.accept(planned(item), wanted);
        }
      }
    }
  }

  private JsonNode page(String query, String filter) {
    return api.get("/" + kind.plural() + "?order=id&include=statuses" + query
        + (filter == null ? "" : "&search=" + ApiClient.encoded(filter))).body();
  }

  private Planned planned(JsonNode item) {
    var resource = map(item);
    if (parent == null) {
      return new Planned(resource, resource);
    }
    var id = item.path("owner_references").path("id").asText();
    return new Planned(resource, owners.computeIfAbsent(id, owner -> owner(owner)));
  }

  /** One that is gone has nothing but its id. */
  private Map<String, Object> owner(String id) {
    try {
      return map(api.get("/" + parent.plural() + "/" + ApiClient.encoded(id)).body());
    } catch (FleetException e) {
      if (e.exit() != Exit.NOT_FOUND) {
        throw e;
      }
      return Map.of("id", id);
    }
  }

  /** As an adapter's expressions see it. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(JsonNode node) {
    try {
      return JSON.treeToValue(node, Map.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
