package io.hyperfleet.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/**
 * Creates spans where a trace crosses processes. While tracing is disabled nothing is recorded, and trace contexts are
 * passed on unchanged.
 */
public final class Tracing {

  private static final String SYSTEM = "gcp_pubsub";

  private final Tracer tracer;

  public Tracing(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.hyperfleet");
  }

  /** Records nothing. */
  public static Tracing off() {
    return new Tracing(OpenTelemetry.noop());
  }

  /** A span that begins now and ends with {@link Running#end}. */
  public record Running(Span span) {

    /** The context to send to the next process. */
    public TraceContext context() {
      return TraceContext.of(Context.root().with(span));
    }

    /** Makes it the current span of this thread until the returned scope is closed. */
    public Scope enter() {
      return span.makeCurrent();
    }

    /** Ends a request with the status of its answer. */
    public void answered(int status) {
      span.setAttribute("http.response.status_code", (long) status);
      if (status >= 400) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
    }

    /** Ends it; {@code failure} is null when all went well. */
    public void end(Throwable failure) {
      if (failure != null) {
        span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
      }
      span.end();
    }
  }

  /** The publishing of an event of that trace to a topic. */
  public Running publish(String topic, TraceContext cause) {
    return new Running(messaging(topic, "publish", SpanKind.PRODUCER, cause).startSpan());
  }

  /** The handling of a message of that trace, which a subscription of a topic brought. */
  public Running receive(String topic, String subscription, String messageId, TraceContext cause) {
    return new Running(messaging(topic, "receive", SpanKind.CONSUMER, cause)
        .setAttribute("messaging.gcp_pubsub.subscription", subscription)
        .setAttribute("messaging.message.id", messageId).startSpan());
  }

  /** A request in the trace that this thread is in. */
  public Running request(String method, String path) {
    return new Running(tracer.spanBuilder(method).setSpanKind(SpanKind.CLIENT)
        .setAttribute("http.request.method", method).setAttribute("url.path", path).startSpan());
  }

  private SpanBuilder messaging(String topic, String operation, SpanKind kind, TraceContext cause) {
    return tracer.spanBuilder(topic + " " + operation).setSpanKind(kind).setParent(cause.toContext())
        .setAttribute("messaging.system", SYSTEM)
        .setAttribute("messaging.operation.type", operation)
        .setAttribute("messaging.destination.name", topic);
  }
}
