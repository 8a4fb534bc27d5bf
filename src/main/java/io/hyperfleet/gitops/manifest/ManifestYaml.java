package io.hyperfleet.gitops.manifest;

import io.hyperfleet.git.FileGuard;
import io.hyperfleet.yaml.KubectlYaml;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions;

/**
 * Writes a sanitized object as YAML, and reads files of the repository as kubectl does. Text stays text for readers of
 * any YAML version: anything but a plain word is quoted, and multi-line text becomes a literal block.
 */
public final class ManifestYaml {

  private static final int ALIASES = 10;
  private static final int DEPTH = 200;
  /** Longer keys would need the explicit form ({@code ?}), and YAML readers need not accept more. */
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
    return KubectlYaml.write(options, object, ManifestYaml::isWord).getBytes(StandardCharsets.UTF_8);
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
   * The documents of a file, read one after the other; a RuntimeException if it is invalid or too large.
   */
  static Iterator<Object> documents(String file) {
    var limits = KubectlYaml.limits(FileGuard.LARGEST);
    limits.setMaxAliasesForCollections(ALIASES);
    limits.setNestingDepthLimit(DEPTH);
    return KubectlYaml.reader(limits).loadAll(file).iterator();
  }

  private static boolean isWord(String text) {
    return WORD.matcher(text).matches() && !NOT_WORDS.contains(text.toLowerCase(Locale.ROOT));
  }
}
