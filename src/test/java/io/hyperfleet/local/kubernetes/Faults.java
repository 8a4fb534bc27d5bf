package io.hyperfleet.local.kubernetes;

import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.Call;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Answers that a test has scripted, and the calls that clients made. */
final class Faults {

  private record Fault(Predicate<Call> when, int status, String reason, String message, AtomicInteger left) {

    boolean take(Call call) {
      return when.test(call) && left.getAndUpdate(times -> Math.max(0, times - 1)) > 0;
    }
  }

  /** The newest calls that are kept, so that a server that runs for days does not grow. */
  private static final int CALLS = 100_000;

  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final Deque<Call> calls = new ArrayDeque<>();

  void add(Predicate<Call> when, int status, String reason, String message, int times) {
    faults.add(new Fault(when, status, reason, message, new AtomicInteger(times)));
  }

  void clear() {
    faults.clear();
  }

  /** Notes the call, and refuses it when a test wants that. */
  void pass(Call call) {
    synchronized (calls) {
      calls.addLast(call);
      if (calls.size() > CALLS) {
        calls.removeFirst();
      }
    }
    for (var fault : faults) {
      if (fault.take(call)) {
        var type = ResourceType.qualified(call.resource(), call.group());
        throw ApiError.of(fault.status, fault.reason, fault.message.isEmpty()
            ? text(fault, call, type)
            : fault.message);
      }
    }
  }

  private static String text(Fault fault, Call call, String type) {
    return switch (fault.status) {
      case 403 -> ("%s \"%s\" is forbidden: User \"local\" cannot %s resource \"%s\" in API group \"%s\" in the "
          + "namespace \"%s\"").formatted(type, call.name(), call.verb(), call.resource(), call.group(),
              call.namespace());
      case 429 -> "the server has received too many requests and has asked us to try again later";
      case 500 -> "Internal error occurred: " + fault.reason;
      default -> "%s \"%s\": %s".formatted(type, call.name(), fault.reason);
    };
  }

  List<Call> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }

  void forgetCalls() {
    synchronized (calls) {
      calls.clear();
    }
  }
}
