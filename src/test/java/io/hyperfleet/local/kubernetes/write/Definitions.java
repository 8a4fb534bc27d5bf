package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.local.kubernetes.resource.ApiError.Cause;
import java.util.List;

/** What the real server refuses of a CustomResourceDefinition's schema: lists whose keys an item may lack. */
final class Definitions {

  private static final String KEYS = "x-kubernetes-list-map-keys";

  private Definitions() {
  }

  static void check(JsonNode definition, List<Cause> causes) {
    var versions = definition.path("spec").path("versions");
    for (int i = 0; i < versions.size(); i++) {
      // Of one version alone the server speaks as if there were no others.
      var at = versions.size() == 1
          ? "spec.validation.openAPIV3Schema"
          : "spec.versions[" + i + "].schema.openAPIV3Schema";
      schema(at, versions.path(i).at("/schema/openAPIV3Schema"), causes);
    }
  }

  private static void schema(String at, JsonNode schema, List<Cause> causes) {
    if (schema.path("x-kubernetes-list-type").asText().equals("map")) {
      keys(at, schema, causes);
    }
    schema.path("properties").fields().forEachRemaining(
        property -> schema(at + ".properties[" + property.getKey() + "]", property.getValue(), causes));
    for (var inner : List.of("items", "additionalProperties")) {
      if (schema.path(inner).isObject()) {
        schema(at + "." + inner, schema.path(inner), causes);
      }
    }
  }

  private static void keys(String at, JsonNode schema, List<Cause> causes) {
    var properties = schema.path("items").path("properties");
    var required = schema.path("items").path("required").toString();
    boolean known = true;
    for (var key : schema.path(KEYS)) {
      known &= properties.has(key.asText());
      if (properties.has(key.asText()) && !required.contains("\"" + key.asText() + "\"")
          && !properties.path(key.asText()).has("default")) {
        causes.add(Cause.required(at + ".items.properties[" + key.asText() + "].default",
            "this property is in " + KEYS + ", so it must have a default or be a required property"));
      }
    }
    if (!known) {
      causes.add(
          Cause.invalid(at + "." + KEYS, schema.path(KEYS).toString(), "entries must all be names of item properties"));
    }
  }
}
