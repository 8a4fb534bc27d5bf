package io.hyperfleet.adapter.folder;

/** Invalid YAML; {@link #line()} is 0 and {@link #key()} empty if unknown. */
public final class InvalidYamlException extends Exception {

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

  public int line() {
    return line;
  }

  public String key() {
    return key;
  }
}
