package io.hyperfleet.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Parameters;

/** The resource that a command is about. */
final class Target {

  /** Kinds that every API has, for completion. */
  static final class Kinds implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return List.of("cluster", "nodepool").iterator();
    }
  }

  @Parameters(index = "0", paramLabel = "<kind>", completionCandidates = Kinds.class, description = "cluster, nodepool or another kind of the API.")
  private String kind;

  @Parameters(index = "1", paramLabel = "<name>", description = "Name or id.")
  private String name;

  String kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** As messages call it. */
  @Override
  public String toString() {
    return kind.toLowerCase(Locale.ROOT) + " " + name;
  }
}
