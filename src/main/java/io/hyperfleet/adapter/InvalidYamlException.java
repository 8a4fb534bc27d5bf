package io.hyperfleet.adapter;

/** YAML that is refused; {@link #line()} is 0 where no line can be named. */
final class InvalidYamlException extends Exception {

  private final int line;

  InvalidYamlException(int line, String message) {
    super(message);
    this.line = line;
  }

  int line() {
    return line;
  }
}
