package io.hyperfleet.local.pubsub;

import java.util.regex.Pattern;

/** The names of topics and subscriptions: {@code projects/<project>/topics/<id>}. */
public final class ResourceNames {

  /** What a subscription shows as its topic once that is deleted. */
  static final String DELETED_TOPIC = "_deleted-topic_";

  private static final String PROJECT = "projects/[^/]+";
  private static final String ID = "(?!goog)[A-Za-z][A-Za-z0-9\\-._~+%]{2,254}";
  private static final Pattern PROJECT_NAME = Pattern.compile(PROJECT);
  private static final Pattern TOPIC = Pattern.compile(PROJECT + "/topics/" + ID);
  private static final Pattern SUBSCRIPTION = Pattern.compile(PROJECT + "/subscriptions/" + ID);

  private ResourceNames() {}

  static String topic(String name) {
    return check(TOPIC, "topic", name);
  }

  static String subscription(String name) {
    return check(SUBSCRIPTION, "subscription", name);
  }

  /** Emulator: answers a malformed project with UNKNOWN. */
  static String project(String name) {
    return check(PROJECT_NAME, "project", name);
  }

  /** The project's id of a full name. */
  static String projectOf(String name) {
    return name.split("/", 3)[1];
  }

  /** The last part of a full name. */
  public static String idOf(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String check(Pattern pattern, String kind, String name) {
    if (!pattern.matcher(name).matches()) {
      throw Refusals.invalid("Invalid " + kind + " name: '" + name + "'");
    }
    return name;
  }
}
