package io.hyperfleet.tenancy;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tenancy. Switch it on only where a gateway sets the headers and removes them from what callers send.
 *
 * @param enabled Whether each new resource keeps the dimensions of its creator's tenant, and exists for that tenant
 * alone.
 * @param dimensions What makes up a tenant; when enabled, one is needed that every request must have.
 */
@ConfigurationProperties("hyperfleet.tenancy")
public record TenancyProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<Dimension> dimensions) {

  /**
   * One part of what makes up a tenant.
   *
   * @param header Header that carries the value; required.
   * @param key Key of the value in a resource's tenancy; required.
   * @param required Whether every request must have it.
   */
  public record Dimension(String header, String key, @DefaultValue("true") boolean required) {}
}
