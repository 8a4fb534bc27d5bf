package io.hyperfleet.local.pubsub;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import java.util.Set;

/**
 * Copies the fields that an update names.
 *
 * <p>Only whole top-level fields can be named, as in the emulator. Emulator: knows a topic's schema settings only,
 * where the service takes labels and more.
 */
final class UpdateMasks {

  private UpdateMasks() {}

  static void apply(FieldMask mask, Message asked, Message.Builder onto, Set<String> mutable) {
    if (mask.getPathsCount() == 0) {
      throw Refusals.invalid("The update_mask must be set and must name at least one field");
    }
    for (var path : mask.getPathsList()) {
      var field = asked.getDescriptorForType().findFieldByName(path);
      if (field == null) {
        throw Refusals.invalid("Invalid update_mask: there is no field " + path + " (names are like push_config)");
      }
      if (!mutable.contains(path)) {
        throw Refusals.invalid("Invalid update_mask: the field " + path + " cannot be changed");
      }
      if (field.hasPresence() && !asked.hasField(field)) {
        onto.clearField(field);
      } else {
        onto.setField(field, asked.getField(field));
      }
    }
  }
}
