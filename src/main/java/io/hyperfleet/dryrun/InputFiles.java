package io.hyperfleet.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.yaml.KubectlResolver;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML and JSON (which is YAML) from files, and JSON from the API, as maps and lists with long integers. */
final class InputFiles {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = WholeNumbers.mapper();

  private InputFiles() {}

  /**
   * One map from a file.
   *
   * @throws InputException when it cannot be read or holds something else
   */
  static Map<String, Object> map(Path file) {
    var documents = documents(file);
    if (documents.size() != 1) {
      throw new InputException(file + ": one map is expected, there are " + documents.size() + " documents");
    }
    return asMap(documents.get(0), file.toString());
  }

  /** The one value of a file; an empty file is an empty list. */
  static Object value(Path file) {
    var documents = documents(file);
    return documents.isEmpty() ? documents : documents.get(0);
  }

  /**
   * The maps of a file: its documents, the items of a list, or those below the key {@code items}; of a directory, those
   * of its YAML and JSON files by their names.
   *
   * @throws InputException when something cannot be read or is no map
   */
  static List<Map<String, Object>> maps(Path path) {
    List<Map<String, Object>> maps = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)")).sorted()
            .forEach(file -> maps.addAll(maps(file)));
      } catch (IOException e) {
        throw new InputException(path + ": cannot be read", e);
      }
      return maps;
    }
    for (Object document : documents(path)) {
      Object items = document instanceof Map<?, ?> map && map.get("items") instanceof List<?> list ? list : document;
      for (Object item : items instanceof List<?> list ? list : List.of(items)) {
        maps.add(asMap(item, path.toString()));
      }
    }
    return maps;
  }

  /** Fetches a resource of a running API with its reports; nothing is changed there. */
  static Map<String, Object> fetch(String url) {
    try {
      var uri = URI.create(url.contains("?") ? url : url + "?include=statuses");
      var request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("Accept", "application/json").build();
      var answer = HttpClient.newBuilder().connectTimeout(TIMEOUT).build().send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new InputException(
            url + " answers " + answer.statusCode() + "; the URL of a cluster is expected, such as "
                + "http://localhost:8000/api/hyperfleet/v1/clusters/<id>");
      }
      return asMap(JSON.readValue(answer.body(), Object.class), url);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(url + " cannot be fetched: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InputException(url + " was not fetched", e);
    }
  }

  private static List<Object> documents(Path file) {
    try {
      List<Object> documents = new ArrayList<>();
      yaml().loadAll(Files.readString(file)).forEach(document -> {
        if (document != null) {
          documents.add(JSON.convertValue(document, Object.class));
        }
      });
      return documents;
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read", e);
    } catch (YAMLException | IllegalArgumentException e) {
      throw new InputException(file + ": neither YAML nor JSON: " + e.getMessage(), e);
    }
  }

  /** As kubectl reads it, but that True (the status of a condition), yes and on are text. */
  private static Yaml yaml() {
    return KubectlYaml.reader(KubectlYaml.limits(KubectlYaml.FILE), new KubectlResolver() {
      @Override
      public Tag resolve(NodeId kind, String value, boolean implicit) {
        Tag tag = super.resolve(kind, value, implicit);
        return Tag.BOOL.equals(tag) && !value.equals("true") && !value.equals("false") ? Tag.STR : tag;
      }
    });
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object value, String source) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new InputException(source + ": a map is expected");
  }
}
