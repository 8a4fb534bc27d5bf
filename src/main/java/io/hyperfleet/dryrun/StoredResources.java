package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.dryrun.input.InputException;
import io.hyperfleet.kind.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a running API has stored; nothing is changed there. */
final class StoredResources {

  private static final String BASE_PATH = "/api/hyperfleet/v1";
  private static final int PAGE = 1000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private final String api;
  private final Path tokenFile;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final Map<String, Map<String, Object>> owners = new HashMap<>();

  /**
   * The resources of an API.
   *
   * @param api its URL, with or without the path of the API
   * @param tokenFile file with the bearer token, read for each request since tokens are renewed; null for none
   */
  StoredResources(String api, Path tokenFile) {
    var base = api.replaceFirst("/+$", "");
    this.api = base.endsWith(BASE_PATH) ? base : base + BASE_PATH;
    this.tokenFile = tokenFile;
  }

  /**
   * The ids of all resources of a kind in their order, asked for page by page behind the last one.
   *
   * @throws InputException when the API does not answer, or not so
   */
  List<String> ids(Kind kind) {
    List<String> ids = new ArrayList<>();
    while (true) {
      var path = "/" + kind.plural() + "?due=false&size=" + PAGE
          + (ids.isEmpty() ? "" : "&after=" + ids.get(ids.size() - 1));
      if (!(get(path).get("items") instanceof List<?> items)) {
        throw new InputException(api + path + ": no list of the HyperFleet API");
      }
      if (items.isEmpty()) {
        return ids;
      }
      items.forEach(item -> ids.add(String.valueOf(((Map<?, ?>) item).get("id"))));
    }
  }

  /** A resource with its reports; null when it is gone meanwhile. */
  Map<String, Object> resource(Kind kind, String id) {
    return get("/" + kind.plural() + "/" + id + "?include=statuses");
  }

  /** The resource that owns others, asked for once. */
  Map<String, Object> owner(Kind kind, String id) {
    return owners.computeIfAbsent(id, owner -> resource(kind, owner));
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> get(String path) {
    try {
      var request = HttpRequest.newBuilder(URI.create(api + path)).timeout(TIMEOUT).header("Accept",
          "application/json");
      if (tokenFile != null) {
        request.header("Authorization", "Bearer " + Files.readString(tokenFile).strip());
      }
      var answer = client.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() == 404 && path.contains("?include=")) {
        return null;
      }
      if (answer.statusCode() != 200) {
        throw new InputException(api + path + " answers " + answer.statusCode()
            + (answer.statusCode() == 401 || answer.statusCode() == 403
                ? "; --token-file names the file with a token"
                : ""));
      }
      return JSON.readValue(answer.body(), Map.class);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(api + path + " cannot be read: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(api + path + " was not read", e);
    }
  }
}
