package io.hyperfleet.local;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * How long every test waits for what has to become true, unless it says otherwise. It has to be enough for a busy
 * machine with one core and a JVM that has just started; only a test that fails takes that long.
 */
public class Patience implements BeforeAllCallback {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(TIMEOUT);
  }
}
