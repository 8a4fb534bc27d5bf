package io.hyperfleet.outbox;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.SqlFile;
import io.hyperfleet.trace.TraceContext;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only writer of new outbox rows. Writes them in the transaction of their cause, so that a change and the event
 * about it exist together or not at all (component diagram, user flow).
 */
@Component
@ConditionalOnRole(Role.API)
public class OutboxWriter {

  private static final String INSERT = SqlFile.read("outbox-insert");

  private final JdbcClient jdbc;
  private final ApplicationEventPublisher publisher;

  public OutboxWriter(JdbcClient jdbc, ApplicationEventPublisher publisher) {
    this.jdbc = jdbc;
    this.publisher = publisher;
  }

  /**
   * Writes rows in the caller's transaction, in the order given.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void write(List<OutboxEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    var trace = TraceContext.current();
    jdbc.sql(INSERT)
        .param("eventIds", texts(entries, entry -> entry.eventId().toString()))
        .param("aggregateTypes", texts(entries, OutboxEntry::aggregateType))
        .param("aggregateIds", texts(entries, OutboxEntry::aggregateId))
        .param("eventTypes", texts(entries, OutboxEntry::eventType))
        .param("generations", entries.stream().map(OutboxEntry::generation).toArray(Integer[]::new))
        .param("reasons", texts(entries, OutboxEntry::reason))
        .param("sources", texts(entries, entry -> entry.source().word()))
        .param("payloads", texts(entries, entry -> entry.payload().toString()))
        .param("traceparent", trace.traceparent())
        .param("tracestate", trace.tracestate())
        .update();
    publisher.publishEvent(new OutboxRowsWritten(entries));
  }

  private static String[] texts(List<OutboxEntry> entries, Function<OutboxEntry, String> column) {
    return entries.stream().map(column).toArray(String[]::new);
  }
}
