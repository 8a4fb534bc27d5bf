package io.hyperfleet.docs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A curl command of the documentation as the request that it makes, so that no curl is needed to try it. */
public final class CurlCommand {

  private CurlCommand() {}

  /** The curl commands in shell text, each on one line. */
  public static List<String> in(String shell) {
    return Shell.commands(shell).stream().filter(line -> line.startsWith("curl ")).toList();
  }

  /**
   * The request.
   *
   * @param variables values of the shell's variables
   * @throws IllegalArgumentException when the command has an option that is not known here
   */
  public static HttpRequest request(String command, Map<String, String> variables) throws IOException {
    var request = HttpRequest.newBuilder();
    String method = null;
    var body = BodyPublishers.noBody();
    var words = Shell.words(command, variables).iterator();
    words.next();
    while (words.hasNext()) {
      var word = words.next();
      switch (word) {
        case "-s" -> {
        }
        case "-X" -> method = words.next();
        case "-H" -> {
          var header = words.next().split(":\\s*", 2);
          request.header(header[0], header[1]);
        }
        case "-d" -> {
          var data = words.next();
          body = BodyPublishers.ofString(data.startsWith("@") ? Files.readString(Path.of(data.substring(1))) : data);
          method = method == null ? "POST" : method;
        }
        default -> {
          if (word.startsWith("-")) {
            throw new IllegalArgumentException(word + " in: " + command);
          }
          request.uri(URI.create(word));
        }
      }
    }
    return request.method(method == null ? "GET" : method, body).build();
  }
}
