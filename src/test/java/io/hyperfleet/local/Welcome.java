package io.hyperfleet.local;

import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says, once everything runs, where it is and what to try. */
class Welcome implements ApplicationListener<ApplicationReadyEvent> {

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    var environment = event.getApplicationContext().getEnvironment();
    if (Roles.of(environment).contains(Role.API)) {
      System.out.println(text(environment));
    }
  }

  private static String text(Environment environment) {
    var api = "http://localhost:" + environment.getProperty("local.server.port", "8000") + "/api/hyperfleet/v1";
    return """

        HyperFleet is ready.%s
          API         %s
          Health      http://localhost:%s/readyz
          PostgreSQL  psql "%s"
          Pub/Sub     PUBSUB_EMULATOR_HOST=%s (project %s)
          Kubernetes  kubectl --kubeconfig %s get jobs,pods -A%s

        Create a cluster and watch it become Ready:
          curl -s %s/clusters -H 'Content-Type: application/json' -d @examples/cluster.json
          java examples/Timeline.java%s
        """.formatted(
        console(environment),
        api,
        environment.getProperty("local.management.port", environment.getProperty("management.server.port", "8080")),
        psqlUrl(environment),
        environment.getProperty("hyperfleet.broker.emulator-host", ""),
        environment.getProperty("hyperfleet.broker.project-id", "hyperfleet"),
        environment.getProperty("hyperfleet.kubernetes.kubeconfig",
            environment.getProperty("KUBECONFIG", "your kubeconfig")),
        repository(environment),
        api,
        api.contains(":8000/") ? "" : " " + api);
  }

  private static String console(Environment environment) {
    return Roles.of(environment).contains(Role.CONSOLE)
        ? "\n  Console     http://localhost:" + environment.getProperty("local.server.port", "8000") + "/console/"
        : "";
  }

  private static String repository(Environment environment) {
    return environment.getProperty("hyperfleet.local.gitops", Boolean.class, false)
        ? "\n  Git         git --git-dir "
            + environment.getProperty("hyperfleet.local.repository", "target/local/fleet.git")
            + " log --stat"
        : "";
  }

  private static String psqlUrl(Environment environment) {
    return environment.getProperty("spring.datasource.url", "").replaceFirst("^jdbc:", "")
        .replaceFirst("^postgresql://",
            "postgresql://" + environment.getProperty("spring.datasource.username", "") + "@")
        .replaceFirst("\\?.*$", "");
  }
}
