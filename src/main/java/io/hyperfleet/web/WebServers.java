package io.hyperfleet.web;

import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Configures both web servers: that of the process, and that of a separate management port, whose context has no other
 * beans.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
class WebServers {

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> browserRules(ApplicationContext context) {
    boolean first = context.getParent() == null;
    boolean servesApi = first && Roles.of(context.getEnvironment()).contains(Role.API);
    boolean hawtio = !(first && Roles.haveAPort(context.getEnvironment()))
        && context.getEnvironment().getProperty("hyperfleet.management.hawtio.enabled", Boolean.class, false);
    return server -> {
      server.addEngineValves(new SecurityHeadersValve(hawtio));
      // The API refuses such paths itself, in the form of its other problems.
      if (!servesApi) {
        server.addContextValves(new AmbiguousPathValve());
      }
    };
  }
}
