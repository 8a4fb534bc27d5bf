package io.hyperfleet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation. */
public record Page(Path file, String text) {

  /** A fenced block with its language. */
  public record Block(String language, String text) {}

  private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w+)\\n(.*?)^\\1```$");
  private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  /** The pages at the top, the chart's README and everything below docs. */
  public static List<Page> all() {
    try (var docs = Files.walk(Path.of("docs"))) {
      return Stream
          .concat(Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "helm/hyperfleet/README.md")
              .map(Path::of), docs)
          .filter(file -> file.toString().endsWith(".md")).map(Page::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Page of(Path file) {
    try {
      return new Page(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Block> blocks() {
    return BLOCK.matcher(text).results()
        .map(found -> new Block(found.group(2), found.group(3).replaceAll("(?m)^" + found.group(1), ""))).toList();
  }

  public List<String> blocks(String language) {
    return blocks().stream().filter(block -> block.language().equals(language)).map(Block::text).toList();
  }

  /** The commands of its blocks, each on one line; statements in SQL are one command each. */
  public List<String> commands() {
    return blocks().stream().flatMap(block -> switch (block.language()) {
      case "bash", "sh", "shell", "console" -> Shell.commands(block.text()).stream();
      case "sql" -> Stream.of(block.text().strip());
      default -> Stream.<String>empty();
    }).toList();
  }

  /** Those that begin with a word. */
  public List<String> commands(String word) {
    return commands().stream().filter(command -> command.startsWith(word + " ")).toList();
  }

  /** Where the page's links to other files lead. */
  List<Path> links() {
    return targets().filter(link -> !link.startsWith("#"))
        .map(link -> file.resolveSibling(link.replaceFirst("#.*", ""))).toList();
  }

  /** Its links to a place within a page, this one or another, as {@code page#anchor}. */
  List<String> anchoredLinks() {
    return targets().filter(link -> link.matches("[^#]*(\\.md)?#.+"))
        .map(link -> link.startsWith("#") ? file + link : file.resolveSibling(link).normalize().toString()).toList();
  }

  private Stream<String> targets() {
    return LINK.matcher(CODE.matcher(BLOCK.matcher(text).replaceAll("")).replaceAll("")).results()
        .map(link -> link.group(1)).filter(link -> !link.matches("[a-z]+:.*"));
  }

  /** The places that a link may name: headings, as GitHub spells their anchors, and anchors of its own. */
  Set<String> anchors() {
    var anchors = new HashSet<String>();
    HEADING.matcher(BLOCK.matcher(text).replaceAll("")).results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .forEach(anchors::add);
    ANCHOR.matcher(text).results().map(anchor -> anchor.group(1)).forEach(anchors::add);
    return anchors;
  }

  Stream<String> find(Pattern pattern) {
    return pattern.matcher(text).results().map(MatchResult::group);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
