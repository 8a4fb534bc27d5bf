package io.hyperfleet.hostile;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes messages, as somebody who may publish sends them past the API. */
final class HostileMessages {

  private static final List<String> STEERING = List.of("CamelHttpUri", "CamelHttpPath", "CamelHttpMethod",
      "CamelHttpQuery", "CamelHttpRawQuery", "CAMELHTTPURI",
      "cAmElHttpUri", "CamelBeanMethodName", "CAmelBeanMethodName", "Long-Running-Action", "CamelFileName",
      "CamelToEndpoint", "CamelKubernetesNamespaceName",
      "CamelGooglePubsubMsgAckId", "CamelGooglePubsubAttributes", "CamelSqlQuery", "CamelCharsetName", "Content-Type",
      "content-type", "Content-Encoding", "Authorization",
      "Host", "Transfer-Encoding", "ce-specversion", "ce-id", "ce-type", "ce-source", "ce-subject", "ce-time",
      "ce-datacontenttype", "ce-dataschema", "googclient_x",
      "traceparent", "tracestate", "baggage", "adapterName", "event", "variable.event");

  private final Hostile hostile;
  private final String victim;

  HostileMessages(Hostile hostile, String victim) {
    this.hostile = hostile;
    this.victim = victim;
  }

  List<PubsubMessage> messages(int count) {
    var all = new ArrayList<PubsubMessage>();
    for (int i = 0; i < count; i++) {
      var message = PubsubMessage.newBuilder().setData(body()).putAllAttributes(attributes());
      all.add(hostile.oneIn(5)
          ? message.setOrderingKey(hostile.one(List.of("x", victim, "{{env:PATH}}"))).build()
          : message.build());
    }
    return all;
  }

  /** What a person needs to try it again. */
  static String shown(PubsubMessage message) {
    return message.getAttributesMap().entrySet().stream()
        .map(attribute -> attribute.getKey() + ": " + attribute.getValue()).sorted()
        .collect(Collectors.joining("\n")) + "\n\n" + message.getData().toStringUtf8();
  }

  private Map<String, String> attributes() {
    var attributes = new HashMap<String, String>();
    for (int i = hostile.random().nextInt(5); i > 0; i--) {
      var name = hostile.oneIn(6) ? hostile.text() : hostile.one(STEERING);
      var value = hostile.oneIn(3)
          ? hostile.one(List.of("application/cloudevents+json", "1.0", "application/json", "gzip",
              "text/plain; charset=x", victim))
          : hostile.text();
      if (!name.isEmpty() && name.length() < 200 && !name.startsWith("goog") && wellFormed(name) && wellFormed(value)) {
        attributes.put(name, value.length() > 1_000 ? value.substring(0, 1_000) : value);
      }
    }
    return attributes;
  }

  private static boolean wellFormed(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private ByteString body() {
    return switch (hostile.random().nextInt(8)) {
      case 0 -> ByteString.copyFromUtf8(hostile.text());
      case 1 -> ByteString.copyFrom(bytes());
      case 2 -> ByteString.copyFromUtf8("[".repeat(100_000));
      default -> ByteString.copyFromUtf8(event());
    };
  }

  private byte[] bytes() {
    var bytes = new byte[1 + hostile.random().nextInt(hostile.oneIn(20) ? 9_500_000 : 300)];
    hostile.random().nextBytes(bytes);
    return bytes;
  }

  private String event() {
    var id = hostile.oneIn(3)
        ? "\"" + victim + "\""
        : hostile.one(
            List.of("null", "1", "{}", "[\"" + victim + "\"]", "\"../../nodepools/x\"", "\"" + victim + "?include=x\"",
                "\"" + victim + "/statuses\"", "\"" + victim + "%2f..\"", Hostile.quoted(hostile.text()),
                Hostile.quoted(hostile.text())));
    var data = "{\"" + hostile.one(List.of("id", "clusterId", "resourceId", "ID", "id")) + "\":" + id + ",\"kind\":"
        + hostile.one(List.of("\"Cluster\"", "\"NodePool\"", "1", "null", Hostile.quoted(hostile.text())))
        + ",\"generation\":"
        + hostile.one(List.of("1", "2", "-1", "1.5", "\"1\"", "true", "9223372036854775807",
            hostile.one(Hostile.NUMBERS), hostile.one(Hostile.IMPOSSIBLE_NUMBERS)))
        + hostile.one(
            List.of("", ",\"owner_references\":{\"id\":" + Hostile.quoted(hostile.text()) + ",\"kind\":\"Cluster\"}",
                ",\"owner_references\":{\"id\":\"" + victim + "\",\"href\":"
                    + Hostile.quoted("http://127.0.0.1/" + hostile.text()) + "}",
                ",\"owner_references\":[]",
                ",\"href\":" + Hostile.quoted(hostile.text())))
        + "}";
    return hostile.one(List.of(data, "{\"data\":" + data + "}",
        "{\"specversion\":\"1.0\",\"id\":" + Hostile.quoted(hostile.text()) + ",\"type\":"
            + Hostile.quoted(hostile.text())
            + ",\"source\":" + Hostile.quoted(hostile.text()) + ",\"data\":" + data + "}",
        "{\"specversion\":\"1.0\",\"data\":" + data + ",\"data\":" + data + "}",
        "{\"specversion\":\"1.0\",\"data_base64\":\"e30=\"}", "[" + data + "]", "{\"data\":{\"data\":" + data + "}}"));
  }
}
