package io.hyperfleet.yaml;

import java.io.StringWriter;
import java.util.function.Predicate;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as kubectl does ({@link KubectlScalars}), with limits and only plain data, and writes YAML.
 */
public final class KubectlYaml {

  /** Characters of a file that an operator gives: 3 M, the most that the library takes by default. */
  public static final int FILE = 3 << 20;

  private static final int ALIASES = 50;
  private static final int LEVELS = 50;

  private KubectlYaml() {}

  /**
   * A reader of up to so many characters, no key twice, and 50 aliases and 50 levels at most; one is for one thread.
   */
  public static Yaml reader(int characters) {
    return reader(limits(characters));
  }

  /** The limits of {@link #reader(int)}, for whoever needs others beside. */
  public static LoaderOptions limits(int characters) {
    var limits = new LoaderOptions();
    limits.setAllowDuplicateKeys(false);
    limits.setMaxAliasesForCollections(ALIASES);
    limits.setNestingDepthLimit(LEVELS);
    limits.setCodePointLimit(characters);
    return limits;
  }

  /** A reader with limits of its own. Numbers become Integer, Long, BigInteger or Double. */
  public static Yaml reader(LoaderOptions limits) {
    return reader(limits, new KubectlResolver());
  }

  /** The same with other types for some scalars. */
  public static Yaml reader(LoaderOptions limits, Resolver types) {
    return new Yaml(new Values(limits), new Representer(new DumperOptions()), new DumperOptions(), limits, types);
  }

  /** A value as YAML that readers of every version take for the same; texts stand without quotes where they can. */
  public static String write(DumperOptions options, Object value) {
    return write(options, value, text -> true);
  }

  /**
   * The same with fewer texts without quotes.
   *
   * @param plain texts that may stand without quotes, where no reader takes them for something else
   */
  public static String write(DumperOptions options, Object value, Predicate<String> plain) {
    var text = new StringWriter();
    writer(options, plain).dump(value, new PortableEscapes(text));
    return text.toString();
  }

  private static Yaml writer(DumperOptions options, Predicate<String> plain) {
    var older = new Resolver();
    return new Yaml(new SafeConstructor(new LoaderOptions()), new PortableValues(options, plain), options,
        new LoaderOptions(),
        new KubectlResolver() {
          @Override
          public Tag resolve(NodeId kind, String value, boolean implicit) {
            Tag tag = older.resolve(kind, value, implicit);
            return Tag.STR.equals(tag) ? super.resolve(kind, value, implicit) : tag;
          }
        });
  }

  private static final class Values extends SafeConstructor {

    Values(LoaderOptions limits) {
      super(limits);
      var value = new AbstractConstruct() {
        @Override
        public Object construct(Node node) {
          Object value = KubectlScalars.value(((ScalarNode) node).getValue());
          return value instanceof Long number && number.intValue() == number ? (Object) number.intValue() : value;
        }
      };
      for (Tag tag : new Tag[]{Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL}) {
        yamlConstructors.put(tag, value);
      }
      yamlConstructors.put(Tag.MERGE, yamlConstructors.get(Tag.STR));
    }
  }
}
