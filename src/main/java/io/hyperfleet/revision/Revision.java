package io.hyperfleet.revision;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hyperfleet.id.Sha256;
import java.util.Map;

/**
 * What an adapter's folder means: the same whatever the comments, the order of keys, the quotes and the layout of its
 * files.
 *
 * @param digest SHA-256 of the content in hexadecimal, 64 digits
 * @param content the files' values by their names, as JSON without spaces, keys in order
 */
public record Revision(String digest, String content) {

  private static final int DIGEST_BYTES = 32;
  private static final ObjectMapper JSON = JsonMapper
      .builder(JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /**
   * The revision of some files.
   *
   * @param files maps, lists, strings, longs, doubles, booleans and nulls by the names of their files
   */
  public static Revision of(Map<String, ?> files) {
    try {
      return ofContent(JSON.writeValueAsString(files));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The revision of a content that is kept. */
  public static Revision ofContent(String content) {
    return new Revision(Sha256.hex(content, DIGEST_BYTES), content);
  }

  /** Without the content, which is long. */
  @Override
  public String toString() {
    return "Revision[" + digest + "]";
  }
}
