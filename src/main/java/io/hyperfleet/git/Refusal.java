package io.hyperfleet.git;

/**
 * A change that was not made.
 *
 * @param path of the file
 * @param why words that follow the path in a sentence, such as "is a symbolic link"
 */
public record Refusal(String path, String why) {

  @Override
  public String toString() {
    return path + " " + why;
  }
}
