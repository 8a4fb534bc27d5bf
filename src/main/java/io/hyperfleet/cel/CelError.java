package io.hyperfleet.cel;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.hyperfleet.kubernetes.KubernetesErrors;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.util.ObjectHelper;

/**
 * The failed response of an exchange, for predicates: {@code error.code}, the HTTP status, {@code error.reason},
 * Kubernetes' reason, and {@code error.refused}, whether the request itself is at fault and would fail again. Without a
 * response they are 0, "" and false, since a predicate of an error handler must have a result: otherwise Camel would
 * neither continue nor fail the exchange.
 */
final class CelError {

  private CelError() {}

  /** The cause of the failure, anywhere in the chain of causes. */
  static Map<String, Object> of(Exchange exchange) {
    var failure = exchange.getException() == null
        ? exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)
        : exchange.getException();
    var kubernetes = ObjectHelper.getException(KubernetesClientException.class, failure);
    if (kubernetes != null) {
      return answer(kubernetes.getCode(), kubernetes.getStatus() == null ? null : kubernetes.getStatus().getReason(),
          KubernetesErrors.isRefusal(kubernetes));
    }
    var http = ObjectHelper.getException(HttpOperationFailedException.class, failure);
    int code = http == null ? 0 : http.getStatusCode();
    return answer(code, null, code >= 400 && code < 500 && code != 429);
  }

  private static Map<String, Object> answer(int code, String reason, boolean refused) {
    return Map.of("code", code, "reason", reason == null ? "" : reason, "refused", refused);
  }
}
