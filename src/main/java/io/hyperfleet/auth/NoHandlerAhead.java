package io.hyperfleet.auth;

import jakarta.servlet.Filter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.web.servlet.handler.HandlerMappingIntrospector;

/**
 * Keeps Spring Security from looking up the handler of each request before Spring MVC does, which is only needed for
 * MVC matchers, and no rule here uses them.
 */
final class NoHandlerAhead implements BeanPostProcessor, ApplicationContextAware {

  private ApplicationContext context;

  private static final class Introspector extends HandlerMappingIntrospector {

    @Override
    public Filter createCacheFilter() {
      return (request, response, chain) -> chain.doFilter(request, response);
    }
  }

  @Override
  public void setApplicationContext(ApplicationContext application) {
    context = application;
  }

  @Override
  public Object postProcessBeforeInitialization(Object bean, String name) {
    if (bean.getClass() != HandlerMappingIntrospector.class) {
      return bean;
    }
    var introspector = new Introspector();
    introspector.setApplicationContext(context);
    return introspector;
  }
}
