package io.hyperfleet.management;

import java.util.List;
import java.util.stream.Stream;

/**
 * What could answer on a management port: what is meant to, and what Boot, Camel, Hawtio and Jolokia have beside it.
 */
public final class ManagementPaths {

  /** What everybody may read. */
  public static final List<String> OPEN = List.of("/healthz", "/readyz", "/metrics");

  /** What Hawtio brings. */
  public static final List<String> HAWTIO = List.of("/hawtio", "/hawtio/", "/hawtio/index.html", "/hawtio/plugin",
      "/hawtio/jolokia", "/hawtio/jolokia/list", "/hawtio/proxy/http/localhost/80/", "/hawtio/proxy/enabled",
      "/hawtio/user",
      "/hawtio/auth/login", "/hawtio/auth/config", "/hawtio/keycloak/enabled", "/hawtio/camel/contexts", "/hawtiox",
      "/jolokia",
      "/jolokia/", "/jolokia/list", "/jolokia/version", "/jolokia/read/java.lang:type=Memory",
      "/jolokia/exec/java.lang:type=Memory/gc");

  private static final List<String> ENDPOINTS = List.of("auditevents", "beans", "caches", "camel", "camelroutes",
      "conditions",
      "configprops", "env", "env/user.dir", "flyway", "health", "heapdump", "httpexchanges", "info", "integrationgraph",
      "liquibase", "logfile", "loggers", "loggers/ROOT", "mappings", "quartz", "restart", "sbom", "sbom/application",
      "scheduledtasks", "sessions", "shutdown", "startup", "threaddump", "gateway/routes", "refresh", "pause",
      "resume");

  /** What nobody gets, on no port. */
  public static final List<String> ABSENT = Stream.concat(
      ENDPOINTS.stream().flatMap(name -> Stream.of("/" + name, "/actuator/" + name)),
      Stream.of("/", "/actuator", "/observe", "/q/dev", "/q/health", "/dev", "/dev/console", "/dev/top", "/console",
          "/h2-console",
          "/manage", "/management", "/admin", "/prometheus", "/actuator/prometheus", "/healthz/x", "/metrics/x",
          "/actuator/hawtio",
          "/actuator/jolokia", "/api/jolokia", "/api/hawtio", "/login", "/logout", "/camel", "/swagger-ui",
          "/v3/api-docs", "/jmx", "/trace", "/dump"))
      .toList();

  private ManagementPaths() {}
}
