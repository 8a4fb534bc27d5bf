package io.hyperfleet.api;

import io.hyperfleet.auth.AuthProperties;
import io.hyperfleet.auth.Caller;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.tenancy.Tenancies;
import io.hyperfleet.tenancy.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Reads the tenant of every request that is not public; system identities belong to no tenant and see all. */
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
        .excludePathPatterns("/api/hyperfleet", ResourceRequestMappings.BASE + "/openapi*");
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod) {
      request.setAttribute(TENANT, Caller.isSystem(request, auth) ? Tenant.ANY : tenancies.of(request::getHeader));
    }
    return true;
  }

  /** The tenant of a request; a request that has not come by here has no answer. */
  static Tenant of(HttpServletRequest request) {
    return (Tenant) Objects.requireNonNull(request.getAttribute(TENANT), "no tenant was read");
  }
}
