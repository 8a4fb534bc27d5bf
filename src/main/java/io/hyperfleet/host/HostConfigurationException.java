package io.hyperfleet.host;

import java.util.List;

/** Invalid configuration at the start; the message has a sentence for each problem. */
class HostConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HostConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
