package io.hyperfleet.gitops;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Writes a sanitized object as YAML and reads files of the repository. A text stays a text for every reader, whatever version
 * of YAML they follow: what is not plainly a word is quoted, what has several lines becomes a literal block.
 */
public final class ManifestYaml {

  /** An object of Kubernetes has at most 1.5 MiB; as YAML it may be a few times that. */
  static final int LARGEST = 16 << 20;
  private static final int ALIASES = 10;
  private static final int DEPTH = 200;
  /** Longer ones would stand behind a question mark; more than this no reader has to take. */
  private static final int LONGEST_KEY = 1024;

  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9._/-]*");
  private static final Set<String> NOT_WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private ManifestYaml() {}

  /**
   * The object as a file in UTF-8, with a newline at its end.
   *
   * @throws IllegalArgumentException when it is nested so deeply that nobody could read the file
   */
  public static byte[] write(Map<String, Object> object) {
    checkDepth(object, DEPTH);
    var options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    options.setWidth(Integer.MAX_VALUE);
    options.setAllowUnicode(true);
    options.setDereferenceAliases(true);
    options.setMaxSimpleKeyLength(LONGEST_KEY);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    return new Yaml(new Texts(options), options).dump(object).getBytes(StandardCharsets.UTF_8);
  }

  private static void checkDepth(Object value, int left) {
    if (left == 0) {
      throw new IllegalArgumentException("is nested more than " + DEPTH + " levels deep");
    }
    if (value instanceof Map<?, ?> map) {
      map.values().forEach(inner -> checkDepth(inner, left - 1));
    } else if (value instanceof Iterable<?> list) {
      list.forEach(inner -> checkDepth(inner, left - 1));
    }
  }

  /**
   * The one document of a file.
   *
   * @throws RuntimeException when it is not YAML, or not one map
   */
  public static Map<String, Object> read(byte[] file) {
    var options = new LoaderOptions();
    options.setCodePointLimit(LARGEST);
    options.setMaxAliasesForCollections(ALIASES);
    options.setNestingDepthLimit(DEPTH);
    options.setAllowDuplicateKeys(false);
    return new Yaml(new SafeConstructor(options)).load(new String(file, StandardCharsets.UTF_8));
  }

  private static final class Texts extends Representer {

    Texts(DumperOptions options) {
      super(options);
      representers.put(String.class, this::text);
    }

    private Node text(Object data) {
      var text = (String) data;
      if (text.indexOf('\n') >= 0 && text.lines().noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"))
          && text.chars().allMatch(c -> c == '\n' || c >= ' ' && c != 0x7f && c != 0x85 && c != 0xfeff)) {
        return representScalar(Tag.STR, text, ScalarStyle.LITERAL);
      }
      boolean word = WORD.matcher(text).matches() && !NOT_WORDS.contains(text.toLowerCase(Locale.ROOT));
      return representScalar(Tag.STR, text, word ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED);
    }
  }
}
