package io.hyperfleet.dryrun.input;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.log.FailureMessage;
import io.hyperfleet.yaml.KubectlResolver;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML and JSON (which is YAML) from files as maps and lists with long integers. */
public final class InputFiles {

  private static final ObjectMapper JSON = WholeNumbers.mapper();

  private InputFiles() {}

  /**
   * One map from a file.
   *
   * @throws InputException when it cannot be read, or is not as its kind of input has to be
   */
  static Map<String, Object> map(Path file, InputKind kind) {
    var documents = documents(file);
    if (documents.size() != 1) {
      throw new InputException(file + ": must be one map, found " + documents.size() + " documents");
    }
    return kind.checked(documents.get(0));
  }

  /** The one value of a file; an empty file is an empty list. */
  public static Object value(Path file) {
    var documents = documents(file);
    return documents.isEmpty() ? documents : documents.get(0).value();
  }

  /**
   * The maps of a file: its documents, the items of a list, or those below the key {@code items}; of a directory, those
   * of its YAML and JSON files by their names.
   *
   * @throws InputException when something cannot be read, or is not as its kind of input has to be
   */
  static List<Map<String, Object>> maps(Path path, InputKind kind) {
    List<Map<String, Object>> maps = new ArrayList<>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.list(path)) {
        files.filter(file -> file.toString().matches(".*\\.(ya?ml|json)")).sorted()
            .forEach(file -> maps.addAll(maps(file, kind)));
      } catch (IOException e) {
        throw new InputException(path + ": cannot be read", e);
      }
      return maps;
    }
    for (YamlDocument document : documents(path)) {
      var items = document.value() instanceof Map<?, ?> map && map.get("items") instanceof List<?>
          ? InputPlaces.below(document, "items")
          : document;
      if (items.value() instanceof List<?> list) {
        for (int i = 0; i < list.size(); i++) {
          maps.add(kind.checked(InputPlaces.below(items, i)));
        }
      } else {
        maps.add(kind.checked(items));
      }
    }
    return maps;
  }

  private static List<YamlDocument> documents(Path file) {
    try {
      var text = Files.readString(file);
      List<YamlDocument> documents = new ArrayList<>();
      for (Node root : yaml().composeAll(new StringReader(text))) {
        documents.add(InputPlaces.of(file.toString(), root));
      }
      int next = 0;
      for (Object value : yaml().loadAll(text)) {
        documents.set(next, InputPlaces.withValue(documents.get(next), JSON.convertValue(value, Object.class)));
        next++;
      }
      documents.removeIf(document -> document.value() == null);
      return documents;
    } catch (NoSuchFileException e) {
      throw new InputException(file + ": file does not exist", e);
    } catch (MarkedYAMLException e) {
      throw new InputException(file + (e.getProblemMark() == null ? "" : ":" + (e.getProblemMark().getLine() + 1))
          + ": neither YAML nor JSON: " + (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem(), e);
    } catch (YAMLException | IllegalArgumentException e) {
      throw new InputException(file + ": neither YAML nor JSON: "
          + FailureMessage.of(e).lines().findFirst().orElse(""), e);
    } catch (IOException e) {
      throw new InputException(file + ": not a readable file of UTF-8 text", e);
    }
  }

  /** As kubectl reads it, except that True (the status of a condition), yes and on are text. */
  private static Yaml yaml() {
    return KubectlYaml.reader(KubectlYaml.limits(KubectlYaml.FILE), new KubectlResolver() {
      @Override
      public Tag resolve(NodeId kind, String value, boolean implicit) {
        Tag tag = super.resolve(kind, value, implicit);
        return Tag.BOOL.equals(tag) && !value.equals("true") && !value.equals("false") ? Tag.STR : tag;
      }
    });
  }
}
