package io.hyperfleet.broker;

import io.hyperfleet.role.Role;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Filters all headers in both directions: an attribute of a message must not become a Camel header, and no header of a
 * route may be sent as an attribute. A message is read from its body and its map of attributes.
 */
@Component("noHeaders")
@ConditionalOnBroker(Role.ADAPTERS)
class NoHeaderFilterStrategy implements HeaderFilterStrategy {

  @Override
  public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
    return true;
  }

  @Override
  public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
    return true;
  }
}
