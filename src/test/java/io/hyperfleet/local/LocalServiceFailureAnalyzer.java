package io.hyperfleet.local;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a local service that cannot start as a sentence instead of a stack trace. */
class LocalServiceFailureAnalyzer extends AbstractFailureAnalyzer<LocalServiceException> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, LocalServiceException cause) {
    return new FailureAnalysis(cause.getMessage(), null, cause);
  }
}
