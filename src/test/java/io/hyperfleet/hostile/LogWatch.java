package io.hyperfleet.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.LoggerFactory;

/**
 * Reads along what is logged: the secret may not be there, and nobody outside may fill the log with stacks of errors.
 */
final class LogWatch extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Set<String> harm = ConcurrentHashMap.newKeySet();

  LogWatch() {
    setContext(((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).getLoggerContext());
    start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    var thrown = event.getThrowableProxy();
    if (event.getFormattedMessage().contains(Canaries.SECRET)
        || thrown != null && String.valueOf(thrown.getMessage()).contains(Canaries.SECRET)) {
      harm.add("the secret property is in the log of " + event.getLoggerName());
    }
    if (event.getLevel().isGreaterOrEqual(Level.ERROR) && thrown != null) {
      var message = event.getFormattedMessage();
      var cause = thrown;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      harm.add("an ERROR with a stack, of " + event.getLoggerName() + ": " + digits(message) + ": "
          + cause.getClassName() + ": "
          + digits(String.valueOf(cause.getMessage())));
    }
  }

  /** One line for what differs in numbers and ids only. */
  private static String digits(String text) {
    var line = text.lines().findFirst().orElse("").replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+", "#");
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }

  /** What was logged since the last call. */
  List<String> harm() {
    var all = List.copyOf(harm);
    harm.clear();
    return all;
  }

  @Override
  public void close() {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(this);
    stop();
  }
}
