package io.hyperfleet.adapter;

import io.hyperfleet.json.JsonLocation;
import io.hyperfleet.json.StorableText;
import java.util.List;
import java.util.Map;

/** An adapter's data contains text that the API cannot store; the message names it. */
public class UnstorableDataException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private UnstorableDataException(JsonLocation place, String flaw) {
    super("'" + place + "' has " + flaw
        + ", which cannot be stored: change its expression in the adapter's definition, or what it reads");
  }

  /**
   * Checks all text in data, including keys.
   *
   * @throws UnstorableDataException at the first that cannot be stored
   */
  static void check(Object data) {
    check(data, JsonLocation.BODY.at("data"));
  }

  private static void check(Object value, JsonLocation place) {
    if (value instanceof String text) {
      checkText(text, place);
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, item) -> {
        checkText(String.valueOf(key), place.at(key));
        check(item, place.at(key));
      });
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        check(list.get(i), place.at(i));
      }
    }
  }

  private static void checkText(String text, JsonLocation place) {
    var flaw = StorableText.flaw(text);
    if (flaw != null) {
      throw new UnstorableDataException(place, flaw);
    }
  }
}
