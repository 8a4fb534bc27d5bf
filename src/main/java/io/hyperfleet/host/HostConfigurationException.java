package io.hyperfleet.host;

import java.util.List;

/** The process cannot start as it is configured; the message has a sentence for each reason. */
class HostConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  HostConfigurationException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
