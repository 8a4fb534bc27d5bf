package io.hyperfleet.auth;

import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** The security filter chain of the API. The management port has none. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(AuthProperties.class)
@ConditionalOnRole(Role.API)
class AuthConfiguration {

  private static final Set<String> PUBLIC = Set.of("/api/hyperfleet", "/api/hyperfleet/v1/openapi",
      "/api/hyperfleet/v1/openapi.html");

  /** Style and script of the OpenAPI page. */
  private static final String PAGE_PARTS = "/api/hyperfleet/v1/openapi-ui/";

  /** Returns failures in the same form as the API. */
  private final HandlerExceptionResolver answers;

  AuthConfiguration(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
    this.answers = answers;
  }

  @Bean
  SecurityFilterChain apiSecurity(HttpSecurity http, AuthProperties properties) throws Exception {
    AuthPropertiesValidator.check(properties);
    http.securityMatcher(AuthConfiguration::isApi)
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .exceptionHandling(failures -> failures
            // Without authentication there is no challenge.
            .authenticationEntryPoint(
                properties.enabled() ? refusal() : (request, response, e) -> deny(request, response))
            .accessDeniedHandler((request, response, e) -> deny(request, response)))
        .authorizeHttpRequests(requests -> requests
            .requestMatchers(AuthConfiguration::isPublic).permitAll()
            .anyRequest().access(new CallerAuthorizationManager(properties)));
    if (properties.enabled()) {
      var issuers = properties.issuers().stream()
          .map(issuer -> new TrustedIssuer(issuer, Clock.systemUTC())).toList();
      // By hand, since oauth2ResourceServer() would add a filter for DPoP tokens, which are not supported.
      http.addFilterBefore(new TrustedIssuers(issuers).filter(refusal()), AnonymousAuthenticationFilter.class);
    }
    return http.build();
  }

  /** Observations of each filter are not used, and cost more than the filters. */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  static NoHandlerAhead noHandlerAhead() {
    return new NoHandlerAhead();
  }

  private AuthenticationEntryPoint refusal() {
    return (request, response, e) -> {
      var failure = e instanceof TokenFailure token ? token : TokenFailure.missing();
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      answers.resolveException(request, response, null, failure.problem());
    };
  }

  private void deny(HttpServletRequest request, HttpServletResponse response) {
    answers.resolveException(request, response, null,
        new Problem(ProblemCode.PERMISSION_DENIED,
            request.getServletPath().startsWith(CallerAuthorizationManager.ANNOUNCING)
                ? "Only a process that runs adapters may announce them"
                : "A system identity may only report and request events"));
  }

  /** An unknown method is 405 as everywhere else. */
  @Bean
  HttpFirewall httpFirewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  /** The management port has a servlet context of its own, and no part in how the API answers. */
  @Bean
  RequestRejectedHandler requestRejectedHandler(WebApplicationContext application) {
    return (request, response, e) -> {
      if (request.getServletContext() == application.getServletContext()) {
        answers.resolveException(request, response, null, e);
      } else {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
      }
    };
  }

  private static boolean isApi(HttpServletRequest request) {
    return request.getServletPath().startsWith("/api/");
  }

  private static boolean isPublic(HttpServletRequest request) {
    return PUBLIC.contains(request.getServletPath()) || request.getServletPath().startsWith(PAGE_PARTS);
  }
}
