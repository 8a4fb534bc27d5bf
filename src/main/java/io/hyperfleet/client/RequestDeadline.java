package io.hyperfleet.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Aborts requests without a complete response in time. The client's own limits apply to connecting and to each read, so
 * that a server that sends a byte a second could block its caller for hours.
 */
final class RequestDeadline implements ExecChainHandler {

  private final Duration limit;

  RequestDeadline(Duration limit) {
    this.limit = limit;
  }

  @Override
  public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    var answered = new CompletableFuture<Void>();
    answered.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).whenComplete((done, failure) -> {
      if (failure instanceof TimeoutException && scope.originalRequest instanceof Cancellable running) {
        running.cancel();
      }
    });
    try {
      var response = chain.proceed(request, scope);
      if (response.getEntity() == null) {
        answered.complete(null);
      } else {
        response.setEntity(new Answer(response.getEntity(), answered));
      }
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
      if (e instanceof IOException failure) {
        throw explained(failure, answered);
      }
      answered.complete(null);
      throw e;
    }
  }

  private IOException explained(IOException failure, CompletableFuture<Void> answered) {
    if (answered.complete(null) || !answered.isCompletedExceptionally()) {
      return failure;
    }
    var late = new SocketTimeoutException("not answered within " + limit.toSeconds() + " s");
    late.initCause(failure);
    return late;
  }

  private final class Answer extends HttpEntityWrapper {

    private final CompletableFuture<Void> answered;

    Answer(HttpEntity entity, CompletableFuture<Void> answered) {
      super(entity);
      this.answered = answered;
    }

    @Override
    public InputStream getContent() throws IOException {
      return new Content(super.getContent(), answered);
    }
  }

  private final class Content extends FilterInputStream {

    private final CompletableFuture<Void> answered;

    Content(InputStream in, CompletableFuture<Void> answered) {
      super(in);
      this.answered = answered;
    }

    private interface Read {
      int now() throws IOException;
    }

    @Override
    public int read() throws IOException {
      return read(super::read);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return read(() -> super.read(buffer, offset, length));
    }

    private int read(Read read) throws IOException {
      try {
        int result = read.now();
        if (result < 0) {
          answered.complete(null);
        }
        return result;
      } catch (IOException e) {
        throw explained(e, answered);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } finally {
        answered.complete(null);
      }
    }
  }
}
