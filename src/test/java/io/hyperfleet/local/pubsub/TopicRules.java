package io.hyperfleet.local.pubsub;

import com.google.pubsub.v1.Topic;

/** Checks what a topic asks for. */
final class TopicRules {

  private TopicRules() {}

  /** The topic as it is stored, or a refusal. */
  static Topic complete(Topic asked) {
    ResourceNames.topic(asked.getName());
    if (asked.hasSchemaSettings()) {
      throw Refusals.unimplemented("schemas");
    }
    if (asked.hasIngestionDataSourceSettings()) {
      throw Refusals.unimplemented("ingestion");
    }
    if (asked.getMessageTransformsCount() > 0) {
      throw Refusals.unimplemented("message transforms");
    }
    return asked.toBuilder().setState(Topic.State.ACTIVE).build();
  }
}
