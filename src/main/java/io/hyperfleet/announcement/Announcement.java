package io.hyperfleet.announcement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.json.JsonFields;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process says of the adapters that it runs.
 *
 * @param version its release, or null
 */
public record Announcement(String version, List<Adapter> adapters) {

  /** Most adapters of one process. */
  static final int MOST = 500;
  private static final int MOST_BROKEN = 20;
  private static final int LONGEST = 128;
  private static final int LONGEST_MESSAGE = 2_000;
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  /**
   * One of them.
   *
   * @param kind what it acts on, or null
   * @param template of its route, or null
   * @param digest of what its folder means, or null for one that has never been loaded
   * @param suspended whether it does nothing
   * @param broken what is wrong with its folder as it is now; empty when nothing is
   * @param inWaves whether its folder declares a rollout
   * @param unusable revisions that it was asked to follow and cannot load; empty when there is none
   */
  public record Adapter(String name, String kind, String template, String digest, boolean suspended,
      List<BrokenPart> broken, boolean inWaves, List<Unusable> unusable) {}

  /**
   * A revision that a process cannot load.
   *
   * @param message why
   */
  public record Unusable(String digest, String message) {}

  /**
   * Reads an announcement.
   *
   * @throws Problem {@code VALIDATION} with what is wrong
   */
  public static Announcement parse(ObjectNode body) {
    var fields = new JsonFields(body);
    var version = fields.string("version");
    var array = fields.array("adapters");
    fields.throwIfWrong();
    if (array == null) {
      throw Problem.invalid(FieldError.required("adapters"));
    }
    if (array.size() > MOST) {
      throw Problem.invalid(new FieldError("adapters", "adapters must be at most " + MOST, array.size(), "max"));
    }
    var errors = new ArrayList<FieldError>();
    check("version", version, errors);
    var names = new HashSet<String>();
    var adapters = new ArrayList<Adapter>();
    for (int i = 0; i < array.size(); i++) {
      var path = "adapters[" + i + "]";
      if (array.get(i) instanceof ObjectNode item) {
        var adapter = adapter(fields.within(item, path), path, errors);
        if (adapter.name() != null && !names.add(adapter.name())) {
          errors
              .add(new FieldError(path + ".name", "duplicate name '" + adapter.name() + "'", adapter.name(), "unique"));
        }
        adapters.add(adapter);
      } else {
        fields.note(path, "an object");
      }
    }
    fields.throwIfWrong();
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
    return new Announcement(version, List.copyOf(adapters));
  }

  private static Adapter adapter(JsonFields fields, String path, List<FieldError> errors) {
    var name = fields.string("name");
    if (name == null || !AdapterNames.isName(name)) {
      errors
          .add(new FieldError(path + ".name", path + ".name must be at most 63 lower-case letters, digits and '-', and "
              + "start and end with a letter or digit", null, name == null ? "required" : "pattern"));
    }
    var kind = fields.string("kind");
    check(path + ".kind", kind, errors);
    var template = fields.string("template");
    check(path + ".template", template, errors);
    var digest = fields.string("digest");
    if (digest != null && !DIGEST.matcher(digest).matches()) {
      errors.add(new FieldError(path + ".digest", path + ".digest must be 64 hexadecimal digits", null, "pattern"));
    }
    var suspended = fields.flag("suspended");
    return new Adapter(name, kind, template, digest, Boolean.TRUE.equals(suspended),
        broken(fields, fields.array("broken"), path + ".broken"), Boolean.TRUE.equals(fields.flag("in_waves")),
        unusable(fields, fields.array("unusable"), path + ".unusable"));
  }

  private static List<Unusable> unusable(JsonFields fields, JsonNode array, String path) {
    var all = new ArrayList<Unusable>();
    for (int i = 0; array != null && i < Math.min(array.size(), MOST_BROKEN); i++) {
      if (array.get(i) instanceof ObjectNode item) {
        var part = fields.within(item, path + "[" + i + "]");
        var digest = part.string("digest");
        if (digest == null || !DIGEST.matcher(digest).matches()) {
          fields.note(path + "[" + i + "].digest", "64 hexadecimal digits");
        }
        all.add(new Unusable(digest, shorten(part.string("message"), LONGEST_MESSAGE)));
      } else {
        fields.note(path + "[" + i + "]", "an object");
      }
    }
    return List.copyOf(all);
  }

  private static List<BrokenPart> broken(JsonFields fields, JsonNode array, String path) {
    var parts = new ArrayList<BrokenPart>();
    for (int i = 0; array != null && i < Math.min(array.size(), MOST_BROKEN); i++) {
      if (array.get(i) instanceof ObjectNode item) {
        var part = fields.within(item, path + "[" + i + "]");
        parts.add(new BrokenPart(shorten(part.string("file"), LONGEST_MESSAGE), part.integer("line"),
            shorten(part.string("message"), LONGEST_MESSAGE), null));
      } else {
        fields.note(path + "[" + i + "]", "an object");
      }
    }
    return List.copyOf(parts);
  }

  private static void check(String field, String text, List<FieldError> errors) {
    if (text != null && text.length() > LONGEST) {
      errors.add(new FieldError(field, field + " must be at most " + LONGEST + " characters", null, "max_length"));
    }
  }

  private static String shorten(String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }
}
