package io.hyperfleet.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.hyperfleet.role.HostName;
import io.hyperfleet.role.Release;
import io.hyperfleet.role.ServiceName;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;

/**
 * Gives Spring Boot's JSON lines ({@code logging.structured.format.console=logstash}) the fields of docs/operations.md:
 * timestamp in UTC, level in lower case, component, version, hostname, error; and takes secrets out of every value.
 */
class LogFields implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {

  private static final String TIMESTAMP = "@timestamp";
  private static final Map<String, String> NAMES = Map.of(TIMESTAMP, "timestamp", "logger_name", "logger",
      "thread_name", "thread");
  private static final Set<String> UNWANTED = Set.of("@version", "level_value");

  private final String component;

  LogFields(Environment environment) {
    this.component = ServiceName.of(environment);
  }

  @Override
  public void customize(Members<ILoggingEvent> members) {
    members.add("component", component);
    members.add("version", Release.version());
    members.add("hostname", HostName.get());
    members.add("error", ILoggingEvent::getThrowableProxy).whenNotNull().as(LogFields::error);
    members.applyingPathFilter(path -> UNWANTED.contains(path.name()));
    members.applyingNameProcessor((path, name) -> NAMES.getOrDefault(name, name));
    members.applyingValueProcessor(ValueProcessor.of(Object.class, LogFields::lowerCase).whenInstanceOf(Level.class));
    members.applyingValueProcessor(ValueProcessor.of(String.class, Secrets::masked));
    members.applyingValueProcessor(ValueProcessor.of(String.class, LogFields::utc).whenHasPath(TIMESTAMP));
  }

  private static String error(IThrowableProxy failure) {
    return failure.getClassName() + (failure.getMessage() == null ? "" : ": " + failure.getMessage());
  }

  private static Object lowerCase(Object level) {
    return level.toString().toLowerCase(Locale.ROOT);
  }

  private static String utc(String timestamp) {
    return OffsetDateTime.parse(timestamp).toInstant().toString();
  }
}
