package io.hyperfleet.management;

import io.hyperfleet.role.Role;
import io.hyperfleet.role.Roles;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.web.context.WebApplicationContext;

/**
 * The security filter chain of Hawtio and Jolokia: one user with basic authentication, on the management port only,
 * without cross-origin requests.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(HawtioProperties.class)
@ConditionalOnProperty(name = "hyperfleet.management.hawtio.enabled", havingValue = "true")
class HawtioSecurity {

  @Bean
  UngroupedRoutes ungroupedRoutes() {
    return new UngroupedRoutes();
  }

  @Bean
  @Order(0)
  SecurityFilterChain hawtioChain(HttpSecurity http, HawtioProperties settings, WebApplicationContext application)
      throws Exception {
    http.securityMatcher(HawtioSecurity::isHawtio)
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        // Hawtio sets its own framing and content policies; these headers are for all other responses.
        .headers(headers -> headers.defaultsDisabled()
            .contentTypeOptions(Customizer.withDefaults())
            .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
            .contentSecurityPolicy(csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
            .addHeaderWriter(new StaticHeadersWriter("X-Frame-Options", "DENY")))
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .authenticationManager(only(settings))
        .httpBasic(basic -> basic.realmName("HyperFleet"))
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .addFilterBefore(managementPortOnly(application), BasicAuthenticationFilter.class)
        .addFilterBefore(new HawtioOriginFilter(), BasicAuthenticationFilter.class);
    return http.build();
  }

  /**
   * Hawtio's files would be served beside the API and the console too, for its endpoint configures every MVC of the
   * process.
   */
  private static Filter managementPortOnly(WebApplicationContext application) {
    boolean hasPort = Roles.haveAPort(application.getEnvironment());
    return (request, response, chain) -> {
      if (hasPort && request.getServletContext() == application.getServletContext()) {
        ((HttpServletResponse) response).sendError(HttpServletResponse.SC_NOT_FOUND);
      } else {
        chain.doFilter(request, response);
      }
    };
  }

  private static AuthenticationManager only(HawtioProperties settings) {
    return given -> {
      boolean isUser = same(settings.username(), given.getName());
      if (!same(settings.password(), String.valueOf(given.getCredentials())) || !isUser) {
        throw new BadCredentialsException("another user or password");
      }
      return UsernamePasswordAuthenticationToken.authenticated(settings.username(), null, List.of());
    };
  }

  private static boolean same(String wanted, String given) {
    return MessageDigest.isEqual(wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isHawtio(HttpServletRequest request) {
    return request.getServletPath().startsWith("/hawtio") || request.getServletPath().startsWith("/jolokia");
  }
}
