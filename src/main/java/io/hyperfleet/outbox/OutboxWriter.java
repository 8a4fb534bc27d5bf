package io.hyperfleet.outbox;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.BoundStatement;
import io.hyperfleet.sql.SqlStatement;
import io.hyperfleet.trace.TraceContext;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The only writer of new outbox rows. Writes them in the transaction of their cause, so that a change and its event are
 * stored atomically.
 */
@Component
@ConditionalOnRole(Role.API)
public class OutboxWriter {

  private static final SqlStatement INSERT = SqlStatement.read("outbox-insert");

  private final ApplicationEventPublisher publisher;

  public OutboxWriter(ApplicationEventPublisher publisher) {
    this.publisher = publisher;
  }

  /**
   * What writes rows in the order given, to be run in the caller's transaction; none for no rows. The relay is woken
   * when that commits.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException without a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public List<BoundStatement> write(List<OutboxEntry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    var trace = TraceContext.current();
    var rows = new HashMap<String, Object>();
    rows.put("eventIds", texts(entries, entry -> entry.eventId().toString()));
    rows.put("aggregateTypes", texts(entries, OutboxEntry::aggregateType));
    rows.put("aggregateIds", texts(entries, OutboxEntry::aggregateId));
    rows.put("eventTypes", texts(entries, OutboxEntry::eventType));
    rows.put("generations", entries.stream().map(OutboxEntry::generation).toArray(Integer[]::new));
    rows.put("reasons", texts(entries, OutboxEntry::reason));
    rows.put("sources", texts(entries, entry -> entry.source().word()));
    rows.put("payloads", texts(entries, entry -> entry.payload().toString()));
    rows.put("traceparent", trace.traceparent());
    rows.put("tracestate", trace.tracestate());
    publisher.publishEvent(new OutboxRowsWritten(entries));
    return List.of(INSERT.with(rows));
  }

  private static String[] texts(List<OutboxEntry> entries, Function<OutboxEntry, String> column) {
    return entries.stream().map(column).toArray(String[]::new);
  }
}
