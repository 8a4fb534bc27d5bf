package io.hyperfleet.tenancy;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Tenancy. Enable it only behind a gateway that sets the headers and removes them from incoming requests.
 *
 * @param enabled Whether new resources belong to their creator's tenant and are visible to that tenant only.
 * @param dimensions Dimensions of a tenant; when enabled, at least one must be required.
 */
@ConfigurationProperties("hyperfleet.tenancy")
public record TenancyProperties(@DefaultValue("false") boolean enabled, @DefaultValue List<Dimension> dimensions) {

  /**
   * One dimension of a tenant.
   *
   * @param header Header with the value; required.
   * @param key Key of the value in a resource's tenancy; required.
   * @param required Whether every request must have this header.
   */
  public record Dimension(String header, String key, @DefaultValue("true") boolean required) {}
}
