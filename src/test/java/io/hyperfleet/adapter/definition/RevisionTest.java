package io.hyperfleet.adapter.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.folder.AdapterFolder;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A revision is what a folder means, and not how that is written. */
class RevisionTest {

  private static final CelEngine ENGINE = CelEngine.untimed();
  private static final AdapterSchema SCHEMA = AdapterSchema.ofAdapters();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Object> SCALARS = List.of(1L, 0L, -7L, 1.5, 1e21, 2.2e-5, true, false, "1", "1.0", "true",
      "null", "", "a", "yes", "a: b", "# no comment", "it's", "\"quoted\"", "line\nbreak", "tab\there", "é",
      "\ud83d\ude00",
      "${cluster.id}", "- x", "{}", "[1]", "*a", "&a", "0x10", "~", " spaces ", "2026-01-01", Long.MAX_VALUE);

  @Test
  void isTheSameHoweverAFolderIsWritten() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new Random(seed);
      var files = files(random);
      var first = revision(written(files, new Writer(new Random(seed), false)));
      for (int i = 0; i < 4; i++) {
        var texts = written(files, new Writer(random, true));
        assertThat(revision(texts)).as("seed %d: %s", seed, texts).isEqualTo(first);
      }
    }
  }

  @Test
  void isAnotherOnceAnythingElseIsMeant() {
    for (int seed = 0; seed < 600; seed++) {
      var random = new Random(seed);
      var files = files(random);
      var before = revision(written(files, new Writer(random, false)));
      var file = random.nextBoolean() ? "adapter.yaml" : "objects/config.yaml";
      var path = file.equals("adapter.yaml") ? List.of("spec", "parameters") : List.of("data");
      var what = change(at(files.get(file), path), random);
      assertThat(revision(written(files, new Writer(random, true)))).as("seed %d: %s in %s", seed, what, file)
          .isNotEqualTo(before);
    }
  }

  /** What is kept of a folder can be loaded again as one. */
  @Test
  void survivesBeingKeptAndLoadedAgain() throws Exception {
    for (int seed = 0; seed < 300; seed++) {
      var revision = revision(written(files(new Random(seed)), new Writer(new Random(seed), true)));
      assertThat(Revision.ofContent(revision.content())).isEqualTo(revision);

      var loaded = read(RevisionFolder.of("mine", revision.content()));
      assertThat(loaded.revision()).as("seed %d", seed).isEqualTo(revision);
    }
  }

  @Test
  void leavesOutFilesThatTheAdapterDoesNotName() {
    var files = files(new Random(1));
    var before = revision(written(files, new Writer(new Random(1), false)));
    files.put("README.yaml", Map.of("more", 1L));

    assertThat(revision(written(files, new Writer(new Random(1), false)))).isEqualTo(before);
  }

  /** The number of a parameter is a double or not for expressions, that of a manifest is what JSON makes of it. */
  @Test
  void tellsNumbersApartWhereExpressionsDo() {
    var spec = "apiVersion: hyperfleet.io/v1\nkind: Adapter\nmetadata: {name: mine}\nspec: {template: resource-adapter, "
        + "for: Cluster, manifests: [{name: a, file: a.yaml}], postconditions: {c: 'true'}, parameters: {x: %s}}\n";
    var manifest = "apiVersion: v1\nkind: Foo\nmetadata: {name: a}\nspec: {x: %s}\n";
    var whole = revision(Map.of("adapter.yaml", spec.formatted("1"), "a.yaml", manifest.formatted("1")));

    assertThat(revision(Map.of("adapter.yaml", spec.formatted("1.0"), "a.yaml", manifest.formatted("1"))))
        .isNotEqualTo(whole);
    assertThat(revision(Map.of("adapter.yaml", spec.formatted("0x1"), "a.yaml", manifest.formatted("1.0"))))
        .isEqualTo(whole);
    assertThat(revision(Map.of("adapter.yaml", spec.formatted("1"), "a.yaml", manifest.formatted("'1'"))))
        .isNotEqualTo(whole);
  }

  private static Map<String, Map<String, Object>> files(Random random) {
    var spec = new LinkedHashMap<String, Object>();
    spec.put("template", "resource-adapter");
    spec.put("for", "Cluster");
    spec.put("manifests", new ArrayList<>(List.of(map("name", "config", "file", "objects/config.yaml"))));
    spec.put("preconditions", map("a", "cluster.generation > 0", "b", "true"));
    spec.put("postconditions", map("c", "true"));
    var parameters = new LinkedHashMap<String, Object>();
    for (int i = 0; i < 6; i++) {
      parameters.put("p" + i, value(random, 3));
    }
    spec.put("parameters", parameters);
    var data = new LinkedHashMap<String, Object>();
    for (int i = 0; i < 6; i++) {
      data.put("k" + i, value(random, 3));
    }
    var files = new TreeMap<String, Map<String, Object>>();
    files.put("adapter.yaml", map("apiVersion", "hyperfleet.io/v1", "kind", "Adapter", "metadata", map("name", "mine"),
        "spec", spec));
    files.put("objects/config.yaml",
        map("apiVersion", "example.com/v1", "kind", "Thing", "metadata", map("name", "thing"), "data", data));
    return files;
  }

  private static Map<String, Object> map(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }

  private static Object value(Random random, int depth) {
    int kind = depth == 0 ? 9 : random.nextInt(10);
    if (kind < 2) {
      var map = new LinkedHashMap<String, Object>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        map.put(List.of("a", "b: c", "1", "true", "é", "with space", "x-y").get(random.nextInt(7)),
            value(random, depth - 1));
      }
      return map;
    }
    if (kind < 4) {
      var list = new ArrayList<Object>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        list.add(value(random, depth - 1));
      }
      return list;
    }
    return SCALARS.get(random.nextInt(SCALARS.size()));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> at(Map<String, Object> map, List<String> path) {
    for (String key : path) {
      map = (Map<String, Object>) map.get(key);
    }
    return map;
  }

  @SuppressWarnings("unchecked")
  private static String change(Map<String, Object> map, Random random) {
    var key = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
    var value = map.get(key);
    if (value instanceof Map<?, ?> inner && !inner.isEmpty() && random.nextBoolean()) {
      return key + "." + change((Map<String, Object>) inner, random);
    }
    switch (random.nextInt(4)) {
      case 0 -> map.put("added", null);
      case 1 -> map.remove(key);
      case 2 -> map.put(key, map(key, value));
      default -> map.put(key, value instanceof Long number
          ? (Object) (number - 1)
          : value instanceof String text ? text + "!" : String.valueOf(value) + "?");
    }
    return "change of " + key;
  }

  /** Writes the same in other words. */
  private record Writer(Random random, boolean varies) {

    String document(Map<String, Object> value) {
      return comment() + block(value, 0);
    }

    private String comment() {
      return varies && random.nextInt(3) == 0 ? "# " + random.nextInt() + "\n\n" : "";
    }

    private String block(Map<?, ?> map, int indent) {
      var text = new StringBuilder();
      String anchor = null;
      Object anchored = null;
      for (Object key : keys(map)) {
        var item = map.get(key);
        text.append(comment()).append(" ".repeat(indent)).append(scalar(key)).append(":");
        if (item instanceof Map<?, ?> inner && !inner.isEmpty() && random.nextInt(4) > 0) {
          text.append("\n").append(block(inner, indent + 1 + random.nextInt(3)));
        } else if (varies && anchor != null && item != null && item.equals(anchored)) {
          text.append(" *").append(anchor).append("\n");
        } else if (varies && anchor == null && random.nextInt(4) == 0) {
          anchor = "n" + random.nextInt(1_000_000);
          anchored = item;
          text.append(" &").append(anchor).append(" ").append(flow(item)).append("\n");
        } else {
          text.append(" ").append(flow(item)).append(varies && random.nextInt(4) == 0 ? " # why" : "").append("\n");
        }
      }
      return text.toString();
    }

    private List<Object> keys(Map<?, ?> map) {
      List<Object> keys = new ArrayList<>(map.keySet());
      if (varies) {
        Collections.shuffle(keys, random);
      }
      return keys;
    }

    private String flow(Object value) {
      var space = varies && random.nextBoolean() ? " " : "";
      if (value instanceof Map<?, ?> map) {
        var items = keys(map).stream().map(key -> space + scalar(key) + ": " + flow(map.get(key))).toList();
        return "{" + String.join(",", items) + space + "}";
      }
      if (value instanceof List<?> list) {
        return "[" + String.join(", ", list.stream().map(this::flow).toList()) + space + "]";
      }
      return value == null ? varies && random.nextBoolean() ? "~" : "null" : scalar(value);
    }

    private String scalar(Object value) {
      if (value instanceof String text) {
        int style = varies ? random.nextInt(3) : 0;
        if (style == 1 && !text.contains("\n") && !text.contains("\t")
            && text.codePoints().allMatch(c -> c < 0x10000)) {
          return "'" + text.replace("'", "''") + "'";
        }
        return style == 2 && text.matches("[a-x][a-x]*") && !text.matches("yes|no|on|off|true|false|null|n")
            ? text
            : JSON.valueToTree(text).toString();
      }
      if (varies && value instanceof Long number && number >= 0 && random.nextInt(4) == 0) {
        return "0x" + Long.toHexString(number);
      }
      return varies && value instanceof Double number && random.nextBoolean()
          ? new java.math.BigDecimal(number.toString()).toString().replace("E", "e")
          : String.valueOf(value);
    }
  }

  private static Map<String, String> written(Map<String, Map<String, Object>> files, Writer writer) {
    var texts = new TreeMap<String, String>();
    files.forEach((name, value) -> texts.put(name, writer.document(value)));
    return texts;
  }

  private static Revision revision(Map<String, String> files) {
    return read(new AdapterFolder() {
      @Override
      public String name() {
        return "mine";
      }

      @Override
      public String path(String file) {
        return "mine/" + file;
      }

      @Override
      public byte[] read(String file) throws NoSuchFileException {
        if (!files.containsKey(file)) {
          throw new NoSuchFileException(file);
        }
        return files.get(file).getBytes(StandardCharsets.UTF_8);
      }
    }).revision();
  }

  private static AdapterDefinition read(AdapterFolder folder) {
    var problems = new AdapterProblems("mine");
    var definition = new AdapterReader(ENGINE, SCHEMA, AdapterTemplates.builtIn(), folder, problems, Optional.empty())
        .read(Set.of());
    assertThat(problems.list()).isEmpty();
    return definition.orElseThrow();
  }
}
