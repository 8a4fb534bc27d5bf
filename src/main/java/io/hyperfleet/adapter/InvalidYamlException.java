package io.hyperfleet.adapter;

/** YAML that is refused; {@link #line()} is 0 where no line can be named, {@link #key()} empty where no key can be. */
final class InvalidYamlException extends Exception {

  private final int line;
  private final String key;

  InvalidYamlException(int line, String message) {
    this(line, "", message);
  }

  InvalidYamlException(int line, String key, String message) {
    super(message);
    this.line = line;
    this.key = key;
  }

  int line() {
    return line;
  }

  String key() {
    return key;
  }
}
