package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.hyperfleet.log.LogContext;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each object that an adapter creates, applies or deletes, with the fields {@code k8s_*}; reads are not logged.
 */
final class ObjectLog {

  private static final Logger LOG = LoggerFactory.getLogger(ObjectLog.class);

  private ObjectLog() {}

  /** Makes a request that changes an object; if it fails, the following lines have the object's fields. */
  static <T> T change(String what, HasMetadata object, Supplier<T> request) {
    var metadata = object.getMetadata();
    trying(object.getKind(), metadata.getNamespace(), metadata.getName());
    T answer = request.get();
    done(what, object.getKind(), metadata.getNamespace(), metadata.getName());
    return answer;
  }

  /** Until {@link #done}, lines have the fields of the object whose change failed. */
  static void trying(String kind, String namespace, String name) {
    LogContext.object(kind, namespace, name, "FAILED");
  }

  /** Logs changes of objects. */
  static void done(String what, String kind, String namespace, String name) {
    LogContext.object(kind, namespace, name, "SUCCESS");
    LOG.info("{} {} {}", what, kind, namespace == null ? name : namespace + "/" + name);
    LogContext.noObject();
  }
}
