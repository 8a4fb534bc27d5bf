package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The options of a DELETE as client-go encodes them: Kubernetes' protobuf envelope around {@code
 * meta.v1.DeleteOptions}.
 */
public final class ProtobufOptions {

  private static final byte[] MAGIC = "k8s\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final String KIND = "DeleteOptions";

  private ProtobufOptions() {}

  /**
   * The options as JSON has them.
   *
   * @throws ApiError 400 when the body is something else
   */
  public static ObjectNode read(byte[] body) {
    try {
      var in = CodedInputStream.newInstance(body);
      if (!ByteString.copyFrom(in.readRawBytes(MAGIC.length)).equals(ByteString.copyFrom(MAGIC))) {
        throw unreadable("it does not begin with k8s and a zero byte");
      }
      var envelope = fields(in);
      var type = fields(input(envelope, 1));
      if (!text(type, 2).equals(KIND)) {
        throw unreadable("it holds a " + text(type, 2) + ", not " + KIND);
      }
      return options(fields(input(envelope, 2)));
    } catch (IOException e) {
      throw unreadable(e.getMessage());
    }
  }

  private static ObjectNode options(Map<Integer, Object> fields) throws IOException {
    var options = Json.object().put("kind", KIND).put("apiVersion", "v1");
    if (fields.get(1) instanceof Long seconds) {
      options.put("gracePeriodSeconds", seconds);
    }
    if (fields.containsKey(2)) {
      var preconditions = fields(input(fields, 2));
      var json = options.putObject("preconditions");
      preconditions.keySet().forEach(field -> json.put(field == 1 ? "uid" : "resourceVersion",
          text(preconditions, field)));
    }
    if (fields.get(3) instanceof Long orphan) {
      options.put("orphanDependents", orphan != 0);
    }
    if (fields.containsKey(4)) {
      options.put("propagationPolicy", text(fields, 4));
    }
    if (fields.containsKey(5)) {
      options.putArray("dryRun").add(text(fields, 5));
    }
    return options;
  }

  private static CodedInputStream input(Map<Integer, Object> fields, int field) {
    return fields.get(field) instanceof ByteString bytes ? bytes.newCodedInput() : ByteString.EMPTY.newCodedInput();
  }

  private static String text(Map<Integer, Object> fields, int field) {
    return fields.get(field) instanceof ByteString bytes ? bytes.toStringUtf8() : "";
  }

  /** Numbers as Long, everything else as bytes; of a field that repeats the last one. */
  private static Map<Integer, Object> fields(CodedInputStream in) throws IOException {
    var fields = new HashMap<Integer, Object>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int field = WireFormat.getTagFieldNumber(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT -> fields.put(field, in.readInt64());
        case WireFormat.WIRETYPE_LENGTH_DELIMITED -> fields.put(field, in.readBytes());
        default -> throw unreadable("field " + field + " has a type that no option has");
      }
    }
    return fields;
  }

  private static ApiError unreadable(String why) {
    return ApiError.of(400, "BadRequest", "the body of the request cannot be read as protobuf: " + why);
  }
}
