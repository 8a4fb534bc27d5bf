package io.hyperfleet.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.auth.AuthProperties;
import io.hyperfleet.auth.Caller;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.tenancy.Tenancies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads the tenant of every request that is not public and not of a system identity. */
@Component
@ConditionalOnRole(Role.API)
class TenantInterceptor implements HandlerInterceptor, WebMvcConfigurer {

  private static final String TENANT = TenantInterceptor.class.getName();

  private final Tenancies tenancies;
  private final AuthProperties auth;

  TenantInterceptor(Tenancies tenancies, AuthProperties auth) {
    this.tenancies = tenancies;
    this.auth = auth;
  }

  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry.addInterceptor(this).addPathPatterns("/api/**")
        .excludePathPatterns("/api/hyperfleet", ResourceRoutes.BASE + "/openapi*");
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod && !Caller.isSystem(request, auth)) {
      request.setAttribute(TENANT, tenancies.of(request::getHeader));
    }
    return true;
  }

  /** The tenant of a request; an empty object while tenancy is off. */
  static ObjectNode of(HttpServletRequest request) {
    return (ObjectNode) request.getAttribute(TENANT);
  }
}
