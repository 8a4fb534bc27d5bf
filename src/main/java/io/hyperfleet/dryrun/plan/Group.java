package io.hyperfleet.dryrun.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resources that are affected alike: their number, some ids, and an example. */
final class Group {

  private static final int MOST_IDS = 5;

  private final List<String> shape;
  private final List<String> example;
  private final String of;
  private final List<String> ids = new ArrayList<>();
  private long count;
  private long already;

  /**
   * A group without resources.
   *
   * @param shape the common change
   * @param example the change of one of them
   * @param of which one
   */
  Group(List<String> shape, List<String> example, String of) {
    this.shape = List.copyOf(shape);
    this.example = List.copyOf(example);
    this.of = of;
  }

  void add(String id, boolean wasSoBefore) {
    count++;
    already += wasSoBefore ? 1 : 0;
    if (ids.size() < MOST_IDS) {
      ids.add(id);
    }
  }

  long count() {
    return count;
  }

  /** How many of them it is so of already. */
  long already() {
    return already;
  }

  List<String> shape() {
    return shape;
  }

  List<String> example() {
    return example;
  }

  String exampleOf() {
    return of;
  }

  /** Some of them. */
  List<String> ids() {
    return ids;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", count);
    json.put("what", shape);
    if (already > 0) {
      json.put("already", already);
    }
    if (!example.equals(shape)) {
      json.put("example", example);
    }
    json.put("example_of", of);
    json.put("ids", ids);
    return json;
  }
}
