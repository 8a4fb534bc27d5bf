package io.hyperfleet.adapter.definition;

import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.cel.Selection;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which changes without a new generation an adapter's expressions depend on, which decides whether its last report can
 * be fresh.
 *
 * @param status whether they read the status or the reports of the resource or of its cluster
 * @param allAdapters whether they may read any adapter, not only those that they name
 * @param passing whether they read the event or the time, which always change
 * @param results names of the adapter's Jobs whose {@code result} they read
 */
public record Reads(boolean status, boolean allAdapters, boolean passing, List<String> results) {

  /** Of an adapter without expressions. */
  public static final Reads NOTHING = new Reads(false, false, false, List.of());

  private static final Set<String> VOLATILE = Set.of("status", "adapter_statuses");
  /** Variables that hold no resource. */
  private static final Set<String> UNRELATED = Set.of("event", "adapter", "resources", "now",
      AdapterExpressions.REPORT);
  private static final Pattern RESULT = Pattern.compile("\\b" + ExpressionNameCheck.RESULT + "\\b");
  private static final Pattern TIME = Pattern.compile("\\b(now|conditionAge|stableFor)\\b");
  /**
   * A variable and the field selected from it: {@code cluster.spec}, {@code cluster['spec']}, {@code cluster.?spec}.
   */
  private static final Pattern FIELD = Pattern.compile("(\\w+)(?:\\.\\??|\\[\\??')?(\\w*).*", Pattern.DOTALL);

  /**
   * What the programs of one adapter read.
   *
   * @param jobs names of the Jobs that it makes
   */
  static Reads of(Collection<CelProgram> programs, CelEngine engine, Set<String> jobs) {
    var status = false;
    var allAdapters = false;
    var passing = false;
    var results = new TreeSet<String>();
    for (CelProgram program : programs) {
      passing |= TIME.matcher(program.source()).find() || program.variables().contains("event");
      addResults(program, jobs, results);
      for (String path : engine.paths(program.source())) {
        var field = FIELD.matcher(path);
        if (field.matches()) {
          boolean whole = field.group(2).isEmpty();
          if (field.group(1).equals("adapters")) {
            allAdapters |= whole;
          } else if (!UNRELATED.contains(field.group(1))) {
            status |= whole || VOLATILE.contains(field.group(2));
          }
        }
      }
    }
    return new Reads(status, allAdapters, passing, List.copyOf(results));
  }

  /** A program that reads a whole Job, or all resources, reads results if it mentions the field. */
  private static void addResults(CelProgram program, Set<String> jobs, Set<String> results) {
    boolean says = RESULT.matcher(program.source()).find();
    for (Selection selection : program.selections()) {
      if (says && selection.variable().equals("resources")) {
        if (selection.steps().isEmpty()) {
          results.addAll(jobs);
        } else if (jobs.contains(selection.key(0)) && (selection.key(1) == null
            ? !selection.tested()
            : selection.key(1).equals(ExpressionNameCheck.RESULT))) {
          results.add(selection.key(0));
        }
      }
    }
  }

  /** The digest of everything that the adapter reads outside Kubernetes. */
  public String digest(AdapterDefinition definition, Map<String, ?> resource, Map<String, ?> cluster,
      Map<String, ?> adapters) {
    var seen = new LinkedHashMap<String, Object>();
    seen.put("definition", definition.digest());
    seen.put("resource", stable(resource));
    seen.put("cluster", stable(cluster));
    seen.put("adapters", allAdapters ? adapters : only(adapters, definition.mentionedAdapters()));
    return ManifestDigest.of(seen);
  }

  private Map<String, Object> stable(Map<String, ?> resource) {
    var stable = new LinkedHashMap<String, Object>(resource);
    if (!status) {
      stable.keySet().removeAll(VOLATILE);
    }
    return stable;
  }

  private static Map<String, Object> only(Map<String, ?> adapters, Set<String> names) {
    var only = new LinkedHashMap<String, Object>(adapters);
    only.keySet().retainAll(names);
    return only;
  }
}
