package io.hyperfleet.trace;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A W3C trace context as text, carried by requests, outbox rows and events, whether or not this process traces.
 *
 * @param traceparent trace and span; null when there is no trace
 * @param tracestate data of tracing systems on the way; usually null
 */
public record TraceContext(String traceparent, String tracestate) {

  public static final String TRACEPARENT = "traceparent";
  public static final String TRACESTATE = "tracestate";

  private static final TraceContext NONE = new TraceContext(null, null);

  private enum Getter implements TextMapGetter<TraceContext> {
    INSTANCE;

    @Override
    public Iterable<String> keys(TraceContext carrier) {
      return List.of(TRACEPARENT, TRACESTATE);
    }

    @Override
    public String get(TraceContext carrier, String key) {
      return key.equals(TRACEPARENT) ? carrier.traceparent : key.equals(TRACESTATE) ? carrier.tracestate : null;
    }
  }

  /** That of headers or attributes, as they came from outside. */
  public static TraceContext read(UnaryOperator<String> fields) {
    var traceparent = fields.apply(TRACEPARENT);
    return traceparent == null ? NONE : new TraceContext(traceparent, fields.apply(TRACESTATE));
  }

  /** That of the span that this thread is in. */
  public static TraceContext current() {
    return of(Context.current());
  }

  static TraceContext of(Context context) {
    Map<String, String> fields = new HashMap<>();
    W3CTraceContextPropagator.getInstance().inject(context, fields, Map::put);
    return fields.isEmpty() ? NONE : new TraceContext(fields.get(TRACEPARENT), fields.get(TRACESTATE));
  }

  /** Its values, by the names of headers and attributes. */
  public Map<String, String> fields() {
    return traceparent == null
        ? Map.of()
        : tracestate == null
            ? Map.of(TRACEPARENT, traceparent)
            : Map.of(TRACEPARENT, traceparent, TRACESTATE, tracestate);
  }

  /** For OpenTelemetry; the root context if this is absent or malformed. */
  public Context toContext() {
    return traceparent == null
        ? Context.root()
        : W3CTraceContextPropagator.getInstance().extract(Context.root(), this, Getter.INSTANCE);
  }
}
