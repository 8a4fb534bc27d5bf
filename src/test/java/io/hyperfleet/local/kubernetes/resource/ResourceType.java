package io.hyperfleet.local.kubernetes.resource;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * A kind of object that the server serves.
 *
 * @param status whether it has a {@code status} subresource, so that writes to either part ignore the other
 * @param generation whether {@code metadata.generation} counts its spec's changes (a ConfigMap has none)
 * @param definition the version's entry of its CustomResourceDefinition, or null for a built-in kind
 */
public record ResourceType(String group, String version, String kind, String plural, List<String> shortNames,
    boolean namespaced, boolean status, boolean generation, JsonNode definition) {

  public boolean custom() {
    return definition != null;
  }

  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** As error messages name it: {@code jobs.batch}. */
  public String qualifiedPlural() {
    return qualified(plural, group);
  }

  public String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /** How lists and maps merge in objects of this type. */
  public MergeRules mergeRules() {
    return custom() ? MergeRules.ofSchema(definition.at("/schema/openAPIV3Schema")) : MergeRules.BUILT_IN;
  }

  public boolean is(String otherGroup, String otherPlural) {
    return group.equals(otherGroup) && plural.equals(otherPlural);
  }

  public static String qualified(String name, String group) {
    return group.isEmpty() ? name : name + "." + group;
  }
}
