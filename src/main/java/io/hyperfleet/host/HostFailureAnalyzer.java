package io.hyperfleet.host;

import io.hyperfleet.route.BrokenRouteFileException;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Shows configuration errors at the start as a sentence instead of a stack trace: findings of {@link HostProblems}, a
 * port in use, and messages that start with a configuration key.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class HostFailureAnalyzer implements FailureAnalyzer {

  private static final int DEEPEST_CAUSE = 30;
  private static final Pattern BEGINS_WITH_A_KEY = Pattern.compile(
      "(hyperfleet|spring|server|management|leader-election)[a-z0-9.\\[\\]-]*: .*",
      Pattern.DOTALL);
  private static final Pattern BOUND = Pattern.compile(".*\\bAddress already in use\\b.*", Pattern.DOTALL);
  private static final List<String> PORTS = List.of("server.port", "management.server.port",
      "hyperfleet.gitops.audit.port");

  private final Environment environment;

  HostFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  public FailureAnalysis analyze(Throwable failure) {
    return causes(failure).flatMap(cause -> describe(cause).stream()).findFirst()
        .map(text -> new FailureAnalysis(text, null, failure)).orElse(null);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(DEEPEST_CAUSE);
  }

  private Optional<String> describe(Throwable cause) {
    if (cause instanceof HostConfigurationException || cause instanceof BrokenRouteFileException) {
      return Optional.of(cause.getMessage());
    }
    if (cause instanceof PortInUseException taken) {
      return Optional.of(taken(taken.getPort()));
    }
    var message = String.valueOf(cause.getMessage());
    if (cause instanceof BindException && BOUND.matcher(message).matches()) {
      return Optional.of("A port is already in use: stop the process that listens on it, or change one of "
          + String.join(", ", PORTS) + ".");
    }
    return (cause instanceof IllegalArgumentException || cause instanceof IllegalStateException)
        && BEGINS_WITH_A_KEY.matcher(message).matches() ? Optional.of(message) : Optional.empty();
  }

  private String taken(int port) {
    var keys = PORTS.stream().filter(key -> String.valueOf(port).equals(environment.getProperty(key))).toList();
    return "Port " + port + " is already in use: stop the process that listens on it, or choose another one with "
        + (keys.isEmpty() ? "server.port or management.server.port" : String.join(" or ", keys)) + ".";
  }
}
