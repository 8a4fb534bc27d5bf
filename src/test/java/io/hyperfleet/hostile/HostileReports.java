package io.hyperfleet.hostile;

import io.hyperfleet.hostile.HostileRequest.Intent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes reports about a cluster, as somebody who may report sends them: hostile in one field each. */
final class HostileReports {

  private static final Pattern ADAPTER = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final List<String> METHODS = List.of("PUT", "POST");

  private final Hostile hostile;
  private final String target;
  private final Map<String, Supplier<HostileRequest>> pieces = new LinkedHashMap<>();
  private int count;

  HostileReports(Hostile hostile, String cluster) {
    this.hostile = hostile;
    this.target = "/api/hyperfleet/v1/clusters/" + cluster + "/statuses";
    pieces.put("fine", () -> report("fine", Intent.TAKEN, "", Map.of()));
    pieces.put("adapter name", this::adapterName);
    pieces.put("data number", () -> report("data number", Intent.TAKEN, "",
        Map.of("data", "{\"x\":" + hostile.one(Hostile.NUMBERS) + ",\"y\":[" + hostile.one(Hostile.NUMBERS) + "]}")));
    pieces.put("impossible number", () -> report("impossible number", Intent.REFUSED, "",
        Map.of("data", "{\"x\":" + hostile.one(Hostile.IMPOSSIBLE_NUMBERS) + "}")));
    pieces.put("data of a required adapter",
        () -> report("data of a required adapter", Intent.EITHER, "", Map.of("adapter",
            "\"" + hostile.one(List.of("validation", "dns", "placement", "hyperfleet", "steady", "echo-job")) + "\"",
            "data", hostile.one(List.of("{\"dns\":" + hostile.one(Hostile.NUMBERS) + "}",
                "{\"dns\":" + Hostile.quoted(hostile.text()) + "}", "{\"region\":[]}", "[]", "null", "1", "{}")))));
    pieces.put("data text", () -> report("data text", Intent.EITHER, "",
        Map.of("data", "{" + Hostile.quoted(hostile.text()) + ":" + Hostile.quoted(hostile.text()) + "}")));
    pieces.put("zero character",
        () -> report("zero character", Intent.REFUSED, "", Map.of(hostile.one(List.of("data", "metadata")),
            hostile.one(List.of("{\"x\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"x\":[\"a\\u0000b\"]}")))));
    pieces.put("data deep",
        () -> report("data deep", Intent.REFUSED, "", Map.of("data", "{\"a\":".repeat(200) + "1" + "}".repeat(200))));
    pieces.put("data long",
        () -> report("data long", Intent.EITHER, "", Map.of("data", "{\"a\":\"" + "x".repeat(200_000) + "\"}")));
    pieces.put("data too long",
        () -> report("data too long", Intent.REFUSED, "", Map.of("data", "{\"a\":\"" + "x".repeat(1_000_000) + "\"}")));
    pieces.put("generation",
        () -> report("generation", Intent.EITHER, "observed_generation",
            Map.of("observed_generation", hostile.one(List.of("-1", "0", "1.5", "1e400", "1e0", "null", "\"1\"",
                "9223372036854775808", "9223372036854775807", "true", "[1]", "1E2147483648")))));
    pieces.put("time", () -> report("time", Intent.EITHER, "", Map.of("observed_time",
        hostile.one(List.of("\"+999999999-01-31T12:00:00Z\"", "\"-999999999-01-01T00:00:00Z\"", "\"0000-00-00\"", "1",
            "null", "\"9999-12-31T23:59:59.999999999Z\"", "\"2020-02-30T00:00:00Z\"", "\"2020-01-01T00:00:00+99:99\"",
            Hostile.quoted(hostile.text()))))));
    pieces.put("condition type", () -> report("condition type", Intent.EITHER, "",
        Map.of("conditions", conditions(",{\"type\":" + Hostile.quoted(hostile.text()) + ",\"status\":\"True\"}"))));
    pieces.put("condition texts",
        () -> report("condition texts", Intent.EITHER, "",
            Map.of("conditions", conditions(",{\"type\":\"Custom\",\"status\":\"True\",\"reason\":"
                + Hostile.quoted(hostile.text()) + ",\"message\":" + Hostile.quoted(hostile.text()) + "}"))));
    pieces.put("condition status",
        () -> report("condition status", Intent.EITHER, "",
            Map.of("conditions",
                conditions(",{\"type\":\"Custom\",\"status\":" + hostile.one(List.of("true", "1", "null", "[]",
                    "\"true\"", Hostile.quoted(hostile.text()))) + "}"))));
    pieces.put("conditions",
        () -> report("conditions", Intent.EITHER, "conditions",
            Map.of("conditions", hostile.one(List.of("null", "{}", "[]", "[null]", "[[]]", "[1]", "\"x\"", "[{}]",
                "[{\"type\":\"Applied\"}]", conditions(",{\"type\":\"Applied\",\"status\":\"False\"}"),
                conditions(",{\"type\":\"C\",\"status\":\"True\"}".repeat(2_000)))))));
    pieces.put("unknown field", () -> report("unknown field", Intent.EITHER, "",
        Map.of(hostile.printable().replace("\"", "").replace("\\", ""), Hostile.quoted(hostile.text()))));
    pieces.put("body", () -> HostileRequest.json("body", Intent.REFUSED, "", hostile.one(METHODS), target,
        hostile.one(List.of("", "null", "[]", "{", "{}", "1", "[" + "{},".repeat(100) + "{}]"))));
    pieces.put("duplicate key",
        () -> HostileRequest.json("duplicate key", Intent.REFUSED, "", hostile.one(METHODS), target,
            text(Map.of()).replaceFirst("\\{", "{\"adapter\":\"steady\",")));
  }

  /** One of every piece, and as many more as wanted. */
  List<HostileRequest> reports(int more) {
    return hostile.mix(pieces, Supplier::get, more);
  }

  private HostileRequest adapterName() {
    var name = hostile.one(List.of("a\"} 1\nfake_metric 2", "x\u202ey", "A", "a_b", "-a", "a-", "a".repeat(64), "a/b",
        "..", "", " steady", "steady\u200b", hostile.text(), hostile.text(), hostile.text()));
    return report("adapter name", ADAPTER.matcher(name).matches() ? Intent.EITHER : Intent.REFUSED, "adapter",
        Map.of("adapter", Hostile.quoted(name)));
  }

  /** Reports of more adapters than anybody has: the last ones are refused. */
  List<HostileRequest> ofManyAdapters(int adapters) {
    var all = new ArrayList<HostileRequest>();
    for (int i = 0; i < adapters; i++) {
      all.add(HostileRequest.json("many adapters", Intent.EITHER, "", "PUT", target,
          text(Map.of("adapter", "\"many-" + i + "\""))));
    }
    return all;
  }

  private HostileRequest report(String piece, Intent intent, String field, Map<String, String> changes) {
    return HostileRequest.json(piece, intent, field, hostile.one(METHODS), target, text(changes));
  }

  private String text(Map<String, String> changes) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("adapter", "\"reporter-" + ++count % 20 + "\"");
    fields.put("observed_generation", "1");
    fields.put("observed_time", "\"" + Instant.now() + "\"");
    fields.put("conditions", conditions(""));
    fields.putAll(changes);
    return "{"
        + String.join(",",
            fields.entrySet().stream().map(field -> Hostile.quoted(field.getKey()) + ":" + field.getValue()).toList())
        + "}";
  }

  private static String conditions(String more) {
    return "[{\"type\":\"Applied\",\"status\":\"True\",\"reason\":\"R\"},{\"type\":\"Available\",\"status\":\"True\",\"reason\":\"R\"},"
        + "{\"type\":\"Health\",\"status\":\"True\",\"reason\":\"R\"}" + more + "]";
  }
}
