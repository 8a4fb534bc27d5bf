package io.hyperfleet.gitops.manifest;

import io.hyperfleet.git.FileGuard;
import io.hyperfleet.gitops.ResourceIdentifier;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The content of a file in the repository: one plain manifest, or something unmanaged.
 *
 * @param objection why it is not one plain manifest, worded to follow its path in a sentence; empty if it is one
 * @param labels of the object
 */
public record HeldManifest(String apiVersion, String kind, String namespace, String name, Map<String, String> labels,
    Optional<String> objection) {

  private static final Pattern LFS = Pattern.compile(
      "version https?://(git-lfs\\.github\\.com|hawser\\.github\\.com)/spec/.*",
      Pattern.DOTALL);
  private static final Pattern PATCH = Pattern
      .compile("\\$(patch|retainKeys|setElementOrder/.*|deleteFromPrimitiveList/.*)");
  private static final String NO_MANIFEST = "contains no manifest";
  private static final int LONGEST_WORD = 253;

  /** @param file its bytes; {@code null} if it is too large */
  public static HeldManifest read(byte[] file) {
    if (file == null) {
      return nothing("has more than " + FileGuard.LARGEST + " bytes");
    }
    var text = text(file);
    if (text.isEmpty()) {
      return nothing("is not text in UTF-8");
    }
    if (text.get().isBlank()) {
      return nothing("is empty");
    }
    if (LFS.matcher(text.get()).matches()) {
      return nothing("is a Git LFS pointer");
    }
    try {
      var documents = ManifestYaml.documents(text.get());
      if (!documents.hasNext()) {
        return nothing(NO_MANIFEST);
      }
      var first = documents.next();
      return documents.hasNext() ? nothing("contains several YAML documents") : of(first);
    } catch (RuntimeException e) {
      return nothing("is not valid YAML");
    }
  }

  private static Optional<String> text(byte[] file) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return Optional.of(text).filter(characters -> characters.indexOf('\0') < 0);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static HeldManifest of(Object document) {
    if (!(document instanceof Map<?, ?>)) {
      return nothing(document instanceof List ? "contains a list, not a manifest" : NO_MANIFEST);
    }
    // First, since a value that contains itself cannot be printed.
    boolean patch = isPatch(document, identities(), identities());
    var object = Sanitizer.map(document);
    var metadata = Sanitizer.map(object.get("metadata"));
    if (object.containsKey("sops")) {
      return nothing("is encrypted with SOPS");
    }
    if (patch) {
      return nothing("is a patch, not a manifest");
    }
    for (var word : new Object[]{object.get("apiVersion"), object.get("kind"), metadata.get("name")}) {
      if (!(word instanceof String value) || value.isEmpty()) {
        return nothing(NO_MANIFEST + ": apiVersion, kind or metadata.name is missing");
      }
    }
    return new HeldManifest((String) object.get("apiVersion"), (String) object.get("kind"),
        word(metadata.get("namespace")),
        (String) metadata.get("name"), ManifestRenderer.labels(object), Optional.empty());
  }

  private static String word(Object value) {
    return value == null ? "" : value.toString();
  }

  /**
   * Whether it contains a patch directive anywhere.
   *
   * @param above the values that contain it; YAML allows a list to contain itself
   * @param seen values that have been checked
   */
  private static boolean isPatch(Object value, Set<Object> above, Set<Object> seen) {
    if (!(value instanceof Map<?, ?>) && !(value instanceof Collection<?>)) {
      return false;
    }
    if (!above.add(value)) {
      throw new IllegalArgumentException("holds itself");
    }
    boolean found = false;
    if (seen.add(value)) {
      var parts = value instanceof Map<?, ?> map ? map.values() : (Collection<?>) value;
      found = value instanceof Map<?, ?> map
          && map.keySet().stream().anyMatch(key -> PATCH.matcher(String.valueOf(key)).matches())
          || parts.stream().anyMatch(part -> isPatch(part, above, seen));
    }
    above.remove(value);
    return found;
  }

  private static Set<Object> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static HeldManifest nothing(String why) {
    return new HeldManifest("", "", "", "", Map.of(), Optional.of(why));
  }

  /** Why it is not one plain manifest of this object; empty if it is. */
  public Optional<String> objectionAs(ResourceIdentifier id, Optional<String> kindOfType) {
    if (objection.isPresent()) {
      return objection;
    }
    boolean same = apiVersion.equals(id.type().apiVersion()) && kindOfType.map(kind::equals).orElse(true)
        && namespace.equals(id.namespace()) && name.equals(id.name());
    return same
        ? Optional.empty()
        : Optional.of("contains another object: " + shown(apiVersion) + " " + shown(kind) + " "
            + (namespace.isEmpty() ? "" : shown(namespace) + "/") + shown(name));
  }

  /** Untrusted text of a file, as one line of limited length. */
  private static String shown(String word) {
    var line = word.replaceAll("[\\p{C}\\p{Z}]+", " ");
    return line.length() > LONGEST_WORD ? line.substring(0, LONGEST_WORD) + "..." : line;
  }
}
