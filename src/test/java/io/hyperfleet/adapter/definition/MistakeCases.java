package io.hyperfleet.adapter.definition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Mistakes as data: a folder of files, each a list of cases. */
public final class MistakeCases {

  private MistakeCases() {}

  /** A case, and the name of the file that has it. */
  public record Case(String file, Map<?, ?> keys) {

    public String name() {
      return text("mistake", "");
    }

    public String text(String key, String otherwise) {
      return keys.containsKey(key) ? (String) keys.get(key) : otherwise;
    }

    List<String> list(String key) {
      return keys.get(key) instanceof List<?> list ? list.stream().map(String.class::cast).toList() : List.of();
    }

    Map<?, ?> map(String key) {
      return keys.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }
  }

  /** The cases of all files of a folder. */
  public static List<Case> of(Path folder) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        List<?> list = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
        list.forEach(one -> cases.add(new Case(file.getFileName().toString(), (Map<?, ?>) one)));
      }
    }
    return cases;
  }

  /** A line that is said; dots stand for any text. */
  public static Pattern pattern(String says) {
    return Pattern.compile(Arrays.stream(says.split("\\.\\.\\.", -1)).map(Pattern::quote)
        .collect(Collectors.joining(".*")));
  }
}
