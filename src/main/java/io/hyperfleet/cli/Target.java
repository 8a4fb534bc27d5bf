package io.hyperfleet.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Parameters;

/** The resource argument of a command. */
final class Target {

  /** Kinds that exist in every API, for completion. */
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

  /** The name for messages. */
  @Override
  public String toString() {
    return kind.toLowerCase(Locale.ROOT) + " " + name;
  }
}
