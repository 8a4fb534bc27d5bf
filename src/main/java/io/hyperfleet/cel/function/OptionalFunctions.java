package io.hyperfleet.cel.function;

import dev.cel.extensions.CelExtensions;
import java.util.List;

/** CEL's optional values. */
public final class OptionalFunctions {

  private OptionalFunctions() {}

  /** All of it, as the compiler declares it. */
  public static FunctionLibrary library() {
    return FunctionLibrary.of("What may be absent",
        "An optional holds a value or none. `.?` and `[?...]` return an optional; selecting from none yields none. "
            + "In `data`, none is omitted; where true or false is required, an optional is an error.",
        CelExtensions.optional(), List.of(
            FunctionNote.of("_?._", "A field that may be absent, as an optional.",
                "An absent field is none; a field of text or a number is an error.",
                "cluster.spec.?region.orValue('none')", "\"eu-1\"",
                "cluster.spec.?owner.?name.orValue('nobody')", "\"nobody\"")
                .written("value.?field → optional"),
            FunctionNote.of("_[?_]", "An element of a list, or the value of a key, that may be absent.",
                "A missing key, or an index beyond the list, is none.", "cluster.labels[?'cost-center'].orValue('0')",
                "\"42\"", "cluster.spec.zones[?9].hasValue()", "false")
                .written("list(A)[?int] → optional(A)", "map(A, B)[?A] → optional(B)"),
            FunctionNote.of("_[_]", "An element of an optional list or map.", "None yields none.",
                "cluster.?labels['team'].orValue('')", "\"web\"")
                .written("optional(list(A))[int] → optional(A)", "optional(map(A, B))[A] → optional(B)"),
            FunctionNote.of("orValue", "The value, or another value for none.",
                "Never fails.",
                "resources.?job.?result.?zone.orValue('unknown')", "\"unknown\""),
            FunctionNote.of("or", "The optional, or another one if it is none.", "Both may be none.",
                "cluster.spec.?owner.or(cluster.labels.?team).orValue('')", "\"web\""),
            FunctionNote.of("hasValue", "Whether the optional has a value.", "Never fails.",
                "cluster.spec.?owner.hasValue()",
                "false"),
            FunctionNote.of("value", "The value.", "None is an error; `orValue` and `hasValue` do not fail.",
                "cluster.spec.?region.value()", "\"eu-1\"", "optional.none().value()",
                "error: a value has the wrong type or range"),
            FunctionNote.of("optional.of", "An optional with a value.", "Accepts any value.", "optional.of(1)", "1"),
            FunctionNote.of("optional.none", "An optional without a value.", "Takes no argument.",
                "optional.none().hasValue()",
                "false"),
            FunctionNote.of("optional.ofNonZeroValue",
                "None for 0, false, null and empty text, lists and maps; otherwise the value.", "Accepts any value.",
                "optional.ofNonZeroValue('').orValue('none')", "\"none\""),
            FunctionNote.of("optMap", "An optional of a value computed from the optional's value.", "None yields none.",
                "cluster.spec.?region.optMap(r, r + '/x').orValue('')", "\"eu-1/x\"")
                .written("optional(A).optMap(name, B) → optional(B)"),
            FunctionNote.of("optFlatMap", "The same for a computation that returns an optional.", "None yields none.",
                "cluster.?spec.optFlatMap(s, s.?owner).orValue('nobody')", "\"nobody\"")
                .written("optional(A).optFlatMap(name, optional(B)) → optional(B)"),
            FunctionNote.of("optional.unwrap", "The values of a list of optionals, without none.",
                "A value other than a list of optionals is an error.",
                "optional.unwrap([cluster.spec.?region, cluster.spec.?owner])", "[\"eu-1\"]"),
            FunctionNote.of("first", "The first element of a list, as an optional.", "None for an empty list.",
                "cluster.spec.zones.first().orValue('')", "\"a\""),
            FunctionNote.of("last", "The last element of a list, as an optional.", "None for an empty list.",
                "[].last().hasValue()", "false")));
  }
}
