package io.hyperfleet.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.client.ApiProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.server.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/** The console's API client, and its styles and scripts with content hashes in their URLs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiProperties.class, ConsoleProperties.class})
@ConditionalOnRole(Role.CONSOLE)
class ConsoleConfiguration implements WebMvcConfigurer {

  private static final String HTMX = "classpath*:/META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js";

  private final ResourcePatternResolver resources;

  ConsoleConfiguration(ResourcePatternResolver resources) {
    this.resources = resources;
  }

  @Bean
  ConsoleApi consoleApi(ConsoleProperties properties, ApiProperties api, ObjectProvider<SslBundles> bundles,
      ObjectMapper json) {
    var url = properties.apiUrl() == null || properties.apiUrl().isBlank() ? api.baseUrl() : properties.apiUrl();
    var bundle = api.sslBundle();
    var trust = bundle == null || bundle.isBlank() ? null : bundles.getObject().getBundle(bundle).createSslContext();
    return new ConsoleApi(URI.create(url.replaceFirst("/+$", "")), properties.requestTimeout(), trust, json);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    try {
      registry.addResourceHandler("/console/static/**")
          .addResourceLocations(new ClassPathResource("console/static/"),
              resources.getResources(HTMX)[0].createRelative(""))
          .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable())
          .resourceChain(true).addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    } catch (IOException e) {
      throw new IllegalStateException("htmx is not on the class path", e);
    }
  }

  @Bean
  FilterRegistrationBean<ResourceUrlEncodingFilter> addressesOfStyles() {
    var filter = new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
    filter.addUrlPatterns("/console/*");
    filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
    return filter;
  }

  /** Sessions use cookies only; their ids are not in URLs. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> consoleSessions() {
    return new SessionsByCookie();
  }

  private static final class SessionsByCookie
      implements
        WebServerFactoryCustomizer<TomcatServletWebServerFactory>,
        Ordered {

    @Override
    public void customize(TomcatServletWebServerFactory server) {
      var session = server.getSession();
      session.setTrackingModes(Set.of(Session.SessionTrackingMode.COOKIE));
      session.getCookie().setName("hyperfleet-console");
      session.getCookie().setPath("/console");
      session.getCookie().setHttpOnly(true);
      session.getCookie().setSameSite(Cookie.SameSite.LAX);
    }

    @Override
    public int getOrder() {
      return Ordered.LOWEST_PRECEDENCE;
    }
  }
}
