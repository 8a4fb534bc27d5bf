package io.hyperfleet.local.pubsub;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers unary calls. */
final class Answers {

  private Answers() {}

  /** Answers with what the work returns, or with the status that it throws. */
  static <T> void with(StreamObserver<T> call, Supplier<T> work) {
    T answer;
    try {
      answer = work.get();
    } catch (StatusRuntimeException e) {
      call.onError(e);
      return;
    } catch (RuntimeException e) {
      call.onError(Status.INTERNAL.withDescription(e.toString()).withCause(e).asRuntimeException());
      return;
    }
    call.onNext(answer);
    call.onCompleted();
  }

  /** Answers with nothing once the work is done. */
  static void done(StreamObserver<Empty> call, Runnable work) {
    with(call, () -> {
      work.run();
      return Empty.getDefaultInstance();
    });
  }

  static void unimplemented(StreamObserver<?> call, String what) {
    call.onError(Refusals.unimplemented(what));
  }
}
