package io.hyperfleet.host;

import io.hyperfleet.auth.AuthProperties;
import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Finds missing or invalid configuration before anything is started, without connections. */
final class HostProblems {

  private static final String URL = "spring.datasource.url";
  private static final String KUBECONFIG = "hyperfleet.kubernetes.kubeconfig";
  private static final String PROJECT = "hyperfleet.broker.project-id";
  /** Valid Google Cloud project ids, including a domain as in old ones. */
  private static final Pattern PROJECT_ID = Pattern.compile("([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");

  private HostProblems() {}

  /** A sentence for each problem, which names the key and what to do. */
  static List<String> of(Environment environment) {
    var roles = EnumSet.copyOf(Roles.of(environment));
    var problems = new ArrayList<String>();
    if (roles.contains(Role.API) || roles.contains(Role.OUTBOX)) {
      database(environment, problems);
    }
    if (roles.contains(Role.API)) {
      issuers(environment, problems);
    }
    if (roles.contains(Role.OUTBOX) || roles.contains(Role.ADAPTERS)) {
      project(environment, problems);
    }
    if (roles.contains(Role.ADAPTERS) || roles.contains(Role.GITOPS)) {
      kubeconfig(environment, problems);
    }
    return problems;
  }

  private static void database(Environment environment, List<String> problems) {
    var url = environment.getProperty(URL, "");
    if (url.isBlank()) {
      problems.add(URL
          + " is not set: set a PostgreSQL database, such as "
          + "SPRING_DATASOURCE_URL=jdbc:postgresql://localhost:5432/hyperfleet, "
          + "with SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD.");
    } else if (!url.startsWith("jdbc:")) {
      problems.add(URL
          + " is not a JDBC URL: it must have the form jdbc:postgresql://host:5432/database, without user and "
          + "password.");
    }
  }

  private static void issuers(Environment environment, List<String> problems) {
    var auth = Binder.get(environment).bindOrCreate("hyperfleet.auth", AuthProperties.class);
    if (auth.enabled() && auth.issuers().isEmpty()) {
      problems.add(
          "hyperfleet.auth.issuers is not set: set the trusted token issuers (HYPERFLEET_AUTH_ISSUERS_0_ISSUERURL "
              + "and HYPERFLEET_AUTH_ISSUERS_0_JWKSURL), or disable authentication with "
              + "HYPERFLEET_AUTH_ENABLED=false.");
    }
  }

  private static void project(Environment environment, List<String> problems) {
    var project = environment.getRequiredProperty(PROJECT);
    if (environment.getProperty("hyperfleet.broker.emulator-host", "").isBlank()
        && !PROJECT_ID.matcher(project).matches()) {
      problems
          .add(PROJECT + " is '" + project + "', which is not a valid Google Cloud project id: set "
              + "HYPERFLEET_BROKER_PROJECTID to 6 to 30 lower-case letters, digits and '-'.");
    }
  }

  private static void kubeconfig(Environment environment, List<String> problems) {
    var key = environment.getProperty(KUBECONFIG, "");
    var files = key.isBlank() ? environment.getProperty("KUBECONFIG", "") : key;
    // kubectl accepts a list of files, some of which may be missing.
    var separator = key.isBlank() ? File.pathSeparator : "\0";
    if (!files.isBlank() && Stream.of(files.split(Pattern.quote(separator))).noneMatch(HostProblems::isReadable)) {
      problems
          .add((key.isBlank() ? "KUBECONFIG" : KUBECONFIG) + " names " + files + ", which is not a readable file: "
              + "set a kubeconfig, or leave it unset to use ~/.kube/config or the pod's service account.");
    }
  }

  private static boolean isReadable(String file) {
    try {
      return Files.isRegularFile(Path.of(file)) && Files.isReadable(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
