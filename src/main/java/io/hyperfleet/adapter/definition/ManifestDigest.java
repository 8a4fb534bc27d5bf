package io.hyperfleet.adapter.definition;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hyperfleet.id.Sha256;
import java.util.Map;

/** A digest of a manifest's content, independent of the order of its keys. */
public final class ManifestDigest {

  private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final int DIGEST_BYTES = 16;

  private ManifestDigest() {}

  /** The digest of a manifest before the platform adds labels and annotations. */
  public static String of(Map<String, ?> manifest) {
    try {
      return Sha256.hex(JSON.writeValueAsString(manifest), DIGEST_BYTES);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
