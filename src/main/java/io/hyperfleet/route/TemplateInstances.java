package io.hyperfleet.route;

import org.apache.camel.CamelContext;

/** Adds instances of route templates once every route file is loaded. */
public interface TemplateInstances {

  /**
   * Adds them.
   *
   * @throws Exception when one cannot be made; that stops the start
   */
  void addTo(CamelContext context) throws Exception;
}
