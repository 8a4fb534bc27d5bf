package io.hyperfleet.local;

import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** A bare repository that the role gitops writes to. */
final class LocalRepository {

  private LocalRepository() {}

  /** Makes it when it is missing, and has this process write to it. */
  static void prepare(ConfigurableEnvironment environment) {
    var directory = Path.of(environment.getProperty("hyperfleet.local.repository", "target/local/fleet.git"))
        .toAbsolutePath();
    if (!Files.exists(directory)) {
      create(directory);
    }
    var roles = EnumSet.copyOf(Roles.of(environment));
    roles.add(Role.GITOPS);
    environment.getPropertySources().addFirst(new MapPropertySource("local-repository", Map.of(
        "hyperfleet.roles",
        roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(",")),
        "hyperfleet.gitops.work-directory", directory.resolveSibling("work").toString(),
        "hyperfleet.gitops.repositories[0].name", "fleet",
        "hyperfleet.gitops.repositories[0].url", directory.toUri().toString())));
  }

  private static void create(Path directory) {
    try {
      Files.createDirectories(directory);
      Git.init().setDirectory(directory.toFile()).setBare(true).setInitialBranch("main").call().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException("Cannot make the repository " + directory + ": " + e.getMessage(), e);
    }
  }
}
