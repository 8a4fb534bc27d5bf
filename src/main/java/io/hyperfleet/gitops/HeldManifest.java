package io.hyperfleet.gitops;

import io.hyperfleet.git.FileGuard;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a file of the repository holds: one plain manifest, or something that is somebody else's business.
 *
 * @param objection why it is not one plain manifest, in words that follow its path in a sentence; empty when it is one
 * @param labels of the object
 */
record HeldManifest(String apiVersion, String kind, String namespace, String name, Map<String, String> labels,
    Optional<String> objection) {

  private static final Pattern LFS = Pattern.compile("version https?://(git-lfs\\.github\\.com|hawser\\.github\\.com)/spec/.*",
      Pattern.DOTALL);
  private static final Pattern PATCH = Pattern.compile("\\$(patch|retainKeys|setElementOrder/.*|deleteFromPrimitiveList/.*)");
  private static final String NO_MANIFEST = "holds no manifest";
  private static final int LONGEST_WORD = 253;

  /** @param file its bytes; {@code null} when there are too many */
  static HeldManifest read(byte[] file) {
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
      return nothing("is a pointer of Git LFS");
    }
    try {
      var documents = ManifestYaml.documents(text.get());
      if (!documents.hasNext()) {
        return nothing(NO_MANIFEST);
      }
      var first = documents.next();
      return documents.hasNext() ? nothing("holds several YAML documents") : of(first);
    } catch (RuntimeException e) {
      return nothing("is not YAML that can be read");
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
      return nothing(document instanceof List ? "holds a list, not a manifest" : NO_MANIFEST);
    }
    var object = Sanitizer.map(document);
    var metadata = Sanitizer.map(object.get("metadata"));
    if (object.containsKey("sops")) {
      return nothing("is encrypted by SOPS");
    }
    if (isPatch(object)) {
      return nothing("is a patch, not a manifest");
    }
    for (var word : new Object[] {object.get("apiVersion"), object.get("kind"), metadata.get("name")}) {
      if (!(word instanceof String value) || value.isEmpty()) {
        return nothing(NO_MANIFEST + ": apiVersion, kind or metadata.name is missing");
      }
    }
    return new HeldManifest((String) object.get("apiVersion"), (String) object.get("kind"), word(metadata.get("namespace")),
        (String) metadata.get("name"), Manifests.labels(object), Optional.empty());
  }

  private static String word(Object value) {
    return value == null ? "" : value.toString();
  }

  private static boolean isPatch(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.keySet().stream().anyMatch(key -> PATCH.matcher(String.valueOf(key)).matches())
          || map.values().stream().anyMatch(HeldManifest::isPatch);
    }
    return value instanceof Collection<?> list && list.stream().anyMatch(HeldManifest::isPatch);
  }

  private static HeldManifest nothing(String why) {
    return new HeldManifest("", "", "", "", Map.of(), Optional.of(why));
  }

  /** Why it is not one plain manifest of this object; empty when it is. */
  Optional<String> objectionAs(ResourceIdentifier id, Optional<String> kindOfType) {
    if (objection.isPresent()) {
      return objection;
    }
    boolean same = apiVersion.equals(id.type().apiVersion()) && kindOfType.map(kind::equals).orElse(true)
        && namespace.equals(id.namespace()) && name.equals(id.name());
    return same ? Optional.empty() : Optional.of("holds another object: " + shown(apiVersion) + " " + shown(kind) + " "
        + (namespace.isEmpty() ? "" : shown(namespace) + "/") + shown(name));
  }

  /** Words of a file that anybody may have written: one line, bounded. */
  private static String shown(String word) {
    var line = word.replaceAll("[\\p{C}\\p{Z}]+", " ");
    return line.length() > LONGEST_WORD ? line.substring(0, LONGEST_WORD) + "..." : line;
  }
}
