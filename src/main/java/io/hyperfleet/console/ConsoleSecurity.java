package io.hyperfleet.console;

import io.hyperfleet.auth.AuthProperties;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.web.context.WebApplicationContext;

/**
 * The security filter chain of the console: a login if hyperfleet.auth.enabled is true, and a CSRF token for every
 * action.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties({AuthProperties.class, ConsoleProperties.class})
@ConditionalOnRole(Role.CONSOLE)
class ConsoleSecurity {

  static final String SIGN_IN = "/console/sign-in";
  static final String CALLBACK = "/console/login";
  private static final String FAILED = SIGN_IN + "-failed";
  private static final String SIGNED_OUT = "/console/signed-out";
  private static final String STATIC = "/console/static/";

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleSecurity.class);

  /** The paths for anonymous users. */
  private static boolean isPublic(HttpServletRequest request) {
    var path = request.getServletPath();
    return path.startsWith(STATIC) || path.equals(SIGNED_OUT) || path.equals(FAILED) || path.equals("/");
  }

  private static boolean isConsole(HttpServletRequest request) {
    var path = request.getServletPath();
    return path.equals("/") || path.equals("/console") || path.startsWith("/console/");
  }

  @Bean
  ConsoleLogin consoleLogin(AuthProperties auth, ConsoleProperties properties) {
    var login = new ConsoleLogin(properties.login());
    if (auth.enabled()) {
      login.check();
    }
    return login;
  }

  @Bean
  UserToken userToken(AuthProperties auth, ConsoleProperties properties, ConsoleLogin client) {
    if (!auth.enabled()) {
      return new UserToken(null, properties.forwardHeaders());
    }
    var manager = new DefaultOAuth2AuthorizedClientManager(client,
        new HttpSessionOAuth2AuthorizedClientRepository());
    manager.setAuthorizedClientProvider(
        OAuth2AuthorizedClientProviderBuilder.builder().authorizationCode().refreshToken().build());
    return new UserToken(manager, properties.forwardHeaders());
  }

  @Bean
  @Order(1)
  SecurityFilterChain consoleChain(HttpSecurity http, AuthProperties auth, ConsoleLogin client,
      WebApplicationContext application) throws Exception {
    http.securityMatcher(request -> request.getServletContext() == application.getServletContext()
        && isConsole(request))
        .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens()))
        .exceptionHandling(failures -> failures.accessDeniedHandler((request, response, e) -> {
          if (request.getHeader("HX-Request") == null) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter()
                .write("The request did not come from this console, or the page has expired: reload it.");
          } else {
            reload(response);
          }
        }))
        // A valve before all filters sets the security headers.
        .headers(headers -> headers.contentTypeOptions(off -> off.disable()).frameOptions(off -> off.disable()));
    if (!auth.enabled()) {
      http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
          .requestCache(AbstractHttpConfigurer::disable)
          .logout(AbstractHttpConfigurer::disable)
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
      return http.build();
    }
    var asked = new DefaultOAuth2AuthorizationRequestResolver(client, SIGN_IN);
    asked.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    var cache = new HttpSessionRequestCache();
    cache.setRequestMatcher(request -> request.getMethod().equals("GET") && request.getHeader("HX-Request") == null);
    http.requestCache(requests -> requests.requestCache(cache))
        .authorizeHttpRequests(requests -> requests
            .requestMatchers(ConsoleSecurity::isPublic).permitAll()
            .anyRequest().authenticated())
        .oauth2Login(login -> login.clientRegistrationRepository(client)
            .authorizedClientRepository(new HttpSessionOAuth2AuthorizedClientRepository())
            .loginPage(SIGN_IN + "/" + ConsoleLogin.REGISTRATION)
            .loginProcessingUrl(CALLBACK + "/*")
            .defaultSuccessUrl("/console/")
            .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(asked))
            .failureHandler((request, response, e) -> {
              LOG.warn("a console login failed: {}", e.getMessage());
              response.sendRedirect(FAILED);
            }))
        .logout(logout -> logout.logoutUrl("/console/sign-out").logoutSuccessUrl(SIGNED_OUT))
        .exceptionHandling(failures -> failures.authenticationEntryPoint(entry(client)));
    return http.build();
  }

  private static CookieCsrfTokenRepository csrfTokens() {
    var tokens = new CookieCsrfTokenRepository();
    tokens.setCookiePath("/console");
    tokens.setCookieName("hyperfleet-console-csrf");
    tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict"));
    return tokens;
  }

  /** A partial page cannot redirect to the issuer. */
  private static AuthenticationEntryPoint entry(ConsoleLogin client) {
    return (request, response, e) -> {
      if (request.getHeader("HX-Request") != null) {
        reload(response);
      } else if (isKnown(client)) {
        response.sendRedirect(SIGN_IN + "/" + ConsoleLogin.REGISTRATION);
      } else {
        response.sendRedirect(FAILED);
      }
    };
  }

  private static boolean isKnown(ConsoleLogin client) {
    try {
      return client.findByRegistrationId(ConsoleLogin.REGISTRATION) != null;
    } catch (IllegalArgumentException | IllegalStateException e) {
      LOG.warn("console logins are unavailable, cannot read the issuer's metadata: {}", e.getMessage());
      return false;
    }
  }

  /** Makes the browser reload the whole page, with a current CSRF token and login. */
  static void reload(HttpServletResponse response) {
    response.setHeader("HX-Refresh", "true");
    response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
  }
}
