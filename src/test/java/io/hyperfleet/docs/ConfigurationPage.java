package io.hyperfleet.docs;

import static io.hyperfleet.docs.GeneratedPage.cell;
import static io.hyperfleet.docs.GeneratedPage.code;

import io.hyperfleet.docs.ConfigurationKeys.Key;
import io.hyperfleet.docs.ConfigurationKeys.Section;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The reference of the configuration keys. */
final class ConfigurationPage {

  private static final String BEGINNING = """
      # Configuration

      All keys of HyperFleet; editors with Spring support complete them. You can set a key

      - as an argument: `--hyperfleet.api.base-url=http://api:8000`,
      - as an environment variable: in capitals, with `_` for dots and brackets, and without dashes,
      - in a file: `application.yaml` in the working directory or in `config` below it, or one that `spring.config.additional-location` names,
      - as a file with the key as its name, in a directory that `spring.config.import=configtree:/path/` names; use this for secrets.

      An argument overrides a variable, a variable overrides a file. The chart's `config` is such a file
      ([its values](../helm/hyperfleet/README.md)). [Operations](operations.md#configuration) lists the keys that matter most.

      | key | variable |
      |---|---|
      | `hyperfleet.api.base-url` | `HYPERFLEET_API_BASEURL` |
      | `hyperfleet.kinds.clusters.required-adapters` | `HYPERFLEET_KINDS_CLUSTERS_REQUIREDADAPTERS` |
      | `hyperfleet.gitops.repositories[0].url` | `HYPERFLEET_GITOPS_REPOSITORIES_0_URL` |

      Write a list as `a,b`, as `key[0]`, `key[1]`, or as a list in YAML; it replaces the whole default. `[]` stands for the index of
      an item, `<name>` for a name that you choose. A duration is a number with `ms`, `s`, `m`, `h` or `d`, a size a number with `B`, `KB` or `MB`.
      `-` means that there is no default. A wrong value stops the start, with the key and what is allowed.

      Ports, the database's address and log levels are keys of Spring Boot: `server.port`, `management.server.port`, `spring.datasource.*`,
      `logging.*`; [operations.md](operations.md) explains those that matter. The profile `seed-timeline` (`--spring.profiles.active=seed-timeline`)
      slows a few of these keys down to the pace of the timeline that HyperFleet was designed for.

      """;

  private ConfigurationPage() {}

  static String of(List<Section> sections) {
    var parts = sections.stream().filter(section -> isPart(section, sections)).toList();
    return BEGINNING
        + parts.stream().map(part -> "- [`" + part.name() + "`](#" + part.name().replaceAll("[.\\[\\]<>]", "")
            + "): " + part.description() + "\n").collect(Collectors.joining())
        + sections.stream().map(section -> table(section, isPart(section, sections))).collect(Collectors.joining())
        + """

        ## Change this page

        Change the Javadoc of the key's class, or `additional-spring-configuration-metadata.json`, then:

        ```bash
        %s
        ```
        """.formatted(GeneratedPage.command(ConfigurationReferenceTest.class));
  }

  /** Whether no other section is around it; that of the keys that have no part is around none. */
  private static boolean isPart(Section section, List<Section> sections) {
    return sections.stream().map(Section::name).noneMatch(name -> !name.equals("hyperfleet")
        && section.name().startsWith(name) && section.name().length() > name.length()
        && ".[".indexOf(section.name().charAt(name.length())) >= 0);
  }

  private static String table(Section section, boolean part) {
    return "\n" + (part ? "## " : "### ") + "`" + section.name() + "`\n\n" + cell(section.description())
        + "\n\n| key | what | allowed | default |\n|---|---|---|---|\n"
        + section.keys().stream().map(ConfigurationPage::row).collect(Collectors.joining());
  }

  private static String row(Key key) {
    return "| `" + key.name() + "` | " + cell(key.description()) + " | " + key.type().words() + " | " + standard(key)
        + " |\n";
  }

  private static String standard(Key key) {
    var value = key.standard();
    if (value == null || value.isEmpty()) {
      return key.type().plural() && value != null ? "empty" : "-";
    }
    var text = key.type().words().contains("`" + ValueType.dashed(value) + "`") ? ValueType.dashed(value) : value;
    return key.type().plural()
        ? Arrays.stream(text.split(",\\s*")).map(GeneratedPage::code).collect(Collectors.joining(", "))
        : code(text);
  }
}
