package io.hyperfleet.gitops.manifest;

import io.hyperfleet.gitops.GitOpsProperties.Secrets;
import io.hyperfleet.gitops.ResourceIdentifier;
import io.hyperfleet.gitops.ResourceType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps the values of Secrets out of Git: each is replaced by a keyed hash of the value and its path, which shows
 * changes but nothing else, not even equal values.
 */
public final class Redaction {

  private static final String KEY = "hyperfleet.gitops.secrets.key-file";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 32;
  private static final String TYPES = "hyperfleet.gitops.secrets.types";
  private static final String ANNOTATIONS = "annotations";
  private static final Set<String> CLEAR = Set.of("apiVersion", "kind", "type", "immutable");

  /** Without versions: all versions of a type have the same content. */
  private final Set<String> types = new HashSet<>(Set.of("secrets"));
  private final SecretKeySpec key;

  /**
   * @throws IllegalArgumentException when a type is not one, or values are to be replaced and there is no key for that
   */
  public Redaction(Secrets properties) {
    properties.types().forEach(type -> types.add(withoutVersion(type)));
    key = properties.mode() == Secrets.Mode.REDACT ? new SecretKeySpec(read(properties), ALGORITHM) : null;
  }

  private static String withoutVersion(String type) {
    var parts = type.toLowerCase(Locale.ROOT).split("/", -1);
    if (parts.length < 2 || parts.length > 3 || List.of(parts).contains("")) {
      throw new IllegalArgumentException(TYPES + ": '" + type + "' is not of the form [group/]version/resource");
    }
    return (parts.length == 2 ? "" : parts[0] + "/") + parts[parts.length - 1];
  }

  private static byte[] read(Secrets properties) {
    if (properties.keyFile() == null) {
      throw new IllegalArgumentException(KEY + ": set a file with " + SHORTEST + " bytes or more for the mode REDACT");
    }
    try {
      var content = Files.readAllBytes(properties.keyFile());
      if (content.length < SHORTEST) {
        throw new IllegalArgumentException(
            KEY + ": " + properties.keyFile() + " holds fewer than " + SHORTEST + " bytes");
      }
      return content;
    } catch (IOException e) {
      throw new IllegalArgumentException(KEY + ": " + properties.keyFile() + " cannot be read", e);
    }
  }

  /** Whether objects of this type contain values that must not be stored in Git. */
  public boolean isSensitive(ResourceType type) {
    return types.contains(type.withoutVersion());
  }

  /** Whether objects of this type may be written, unchanged or with their values replaced. */
  public boolean allows(ResourceType type) {
    return key != null || !isSensitive(type);
  }

  /** The object as it may be stored in Git. */
  Map<String, Object> apply(ResourceIdentifier id, Map<String, Object> object) {
    if (!isSensitive(id.type())) {
      return object;
    }
    var result = new LinkedHashMap<>(object);
    result.replaceAll((field, value) -> CLEAR.contains(field)
        ? value
        : field.equals("metadata") ? metadata(id, Sanitizer.map(value)) : hidden(id.key() + "/" + field, value));
    return result;
  }

  /** Tools store whole objects in annotations, OpenShift stores tokens there. */
  private Map<String, Object> metadata(ResourceIdentifier id, Map<String, Object> metadata) {
    var result = new TreeMap<>(metadata);
    result.computeIfPresent(ANNOTATIONS, (field, value) -> hidden(id.key() + "/" + field, value));
    return result;
  }

  private Object hidden(String place, Object value) {
    if (value instanceof Map<?, ?> map) {
      var result = new TreeMap<String, Object>();
      map.forEach((field, inner) -> result.put(String.valueOf(field), hidden(place + "/" + field, inner)));
      return result;
    }
    if (value instanceof List<?> list) {
      var result = new ArrayList<>();
      list.forEach(inner -> result.add(hidden(place + "/" + result.size(), inner)));
      return result;
    }
    return "hmac-sha256:" + hash(place + "\0" + value);
  }

  private String hash(String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java", e);
    }
  }
}
