package io.hyperfleet.local.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;

/**
 * The limits of the real service on what is published.
 *
 * <p>Emulator: knows only the limits on empty messages and on their number, and leaves a request above its transport's
 * limit without an answer.
 */
final class PublishLimits {

  private static final int MAX_MESSAGES = 1_000;
  private static final int MAX_DATA_BYTES = 10_000_000;
  /** 10 MB of messages and what wraps them; the service's front end counts in MiB. */
  private static final int MAX_REQUEST_BYTES = 10 * 1024 * 1024;
  private static final int MAX_ATTRIBUTES = 100;
  private static final int MAX_KEY_BYTES = 256;
  private static final int MAX_VALUE_BYTES = 1024;
  private static final int MAX_ORDERING_KEY_BYTES = 1024;

  private PublishLimits() {}

  static void check(PublishRequest request) {
    require(request.getMessagesCount() > 0, "No messages to publish");
    require(request.getMessagesCount() <= MAX_MESSAGES, "Too many messages: the limit is 1000 a request");
    require(request.getSerializedSize() <= MAX_REQUEST_BYTES, "Request too large: the limit is 10 MB");
    request.getMessagesList().forEach(PublishLimits::check);
  }

  private static void check(PubsubMessage message) {
    require(!message.getData().isEmpty() || message.getAttributesCount() > 0,
        "A message must have data or at least one attribute");
    require(message.getData().size() <= MAX_DATA_BYTES, "Message too large: the limit is 10 MB of data");
    require(message.getAttributesCount() <= MAX_ATTRIBUTES, "Too many attributes: the limit is 100 a message");
    require(bytes(message.getOrderingKey()) <= MAX_ORDERING_KEY_BYTES,
        "Ordering key too long: the limit is 1024 bytes");
    message.getAttributesMap().forEach(PublishLimits::checkAttribute);
  }

  private static void checkAttribute(String key, String value) {
    require(!key.isEmpty(), "Attribute keys must not be empty");
    require(bytes(key) <= MAX_KEY_BYTES, "Attribute key too long: the limit is 256 bytes");
    require(bytes(value) <= MAX_VALUE_BYTES, "Attribute value too long: the limit is 1024 bytes");
    // Google's clients put their own trace context under googclient_.
    require(!key.startsWith("goog") || key.startsWith("googclient_"), "Attribute keys must not start with goog");
  }

  private static int bytes(String text) {
    return ByteString.copyFromUtf8(text).size();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw Refusals.invalid(message);
    }
  }
}
