package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Makes a stored object out of a client's: names it, gives it an identity, and fills in the defaults. */
public final class NewObjects {

  /** Set by the server alone: a client's value never counts. */
  static final List<String> SERVER_FIELDS = List.of("uid", "creationTimestamp", "resourceVersion", "generation",
      "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "name", "namespace");

  /** The letters of generated names: no vowels, so that no words come out. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private NewObjects() {
  }

  static ObjectNode prepare(ResourceType type, String namespace, ObjectNode body) {
    ObjectNode object = body.deepCopy();
    object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    var metadata = Json.metadata(object);
    metadata.remove("managedFields");
    SERVER_FIELDS.stream().filter(field -> !field.equals("name")).forEach(metadata::remove);
    if (!metadata.hasNonNull("name") && metadata.hasNonNull("generateName")) {
      metadata.put("name", randomName(metadata.get("generateName").asText()));
    }
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", Writer.now());
    if (type.generation()) {
      metadata.put("generation", 1);
    }
    if (type.status()) {
      object.remove("status");
    }
    StoredForm.settle(type, object);
    Defaults.apply(type, object);
    Defaults.onCreate(type, object);
    return object;
  }

  public static String randomName(String prefix) {
    var name = new StringBuilder(prefix);
    ThreadLocalRandom.current().ints(5, 0, LETTERS.length()).forEach(letter -> name.append(LETTERS.charAt(letter)));
    return name.toString();
  }
}
