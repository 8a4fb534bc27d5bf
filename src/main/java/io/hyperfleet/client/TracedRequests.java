package io.hyperfleet.client;

import io.hyperfleet.trace.TraceContext;
import io.hyperfleet.trace.Tracing;
import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;

/**
 * Adds requests to the API to the trace of the current event. A request outside any trace starts one, unless it only
 * reads, since the Sentinel polls twice a second.
 */
final class TracedRequests implements ExecChainHandler {

  private final Tracing tracing;
  private final String api;

  TracedRequests(Tracing tracing, String api) {
    this.tracing = tracing;
    this.api = api;
  }

  @Override
  public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    boolean traced = TraceContext.current().traceparent() != null || !Method.GET.isSame(request.getMethod());
    return traced && api.equals(String.valueOf(request.getAuthority()))
        ? trace(request, scope, chain)
        : chain.proceed(request, scope);
  }

  private ClassicHttpResponse trace(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    var span = tracing.request(request.getMethod(), request.getRequestUri());
    span.context().fields().forEach(request::setHeader);
    try {
      var response = chain.proceed(request, scope);
      span.answered(response.getCode());
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
      span.end(e);
      throw e;
    }
  }
}
