package io.hyperfleet.local.kubernetes;

import io.hyperfleet.local.kubernetes.resource.ApiRequest;
import io.hyperfleet.local.kubernetes.resource.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What HyperFleet itself has asked a local Kubernetes for during a build, each kind of call as a line
 * {@code verb group/resource namespace}, for the comparison with the Roles of its chart. Calls of tests, which go by
 * another user agent, are not among them.
 */
public final class RecordedCalls {

  /** Written where there is a build; several processes append to it. */
  public static final Path FILE = Path.of("target/kubernetes-calls.txt");

  private static final String AGENT = "hyperfleet/";
  private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

  private RecordedCalls() {}

  static void note(ApiRequest request, Call call) {
    var line = call.verb() + " " + call.group() + "/" + call.resource()
        + (call.subresource().isEmpty() ? "" : "/" + call.subresource()) + " " + call.namespace();
    if (request.headers().getOrDefault("user-agent", "").startsWith(AGENT) && Files.isDirectory(FILE.getParent())
        && KNOWN.add(line)) {
      try {
        Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
