package io.hyperfleet.gitops.author;

import io.hyperfleet.gitops.GitOpsMonitor;
import io.hyperfleet.gitops.GitOpsProperties.Audit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** Receives Kubernetes' audit events from authenticated callers. */
public class AuditWebhook {

  private final Path tokenFile;
  private final AuditFacts facts;
  private final GitOpsMonitor monitor;

  /** @throws IllegalArgumentException when it is on and there is no token */
  public AuditWebhook(Audit properties, AuditFacts facts, GitOpsMonitor monitor) {
    if (properties.enabled() && properties.tokenFile() == null) {
      throw new IllegalArgumentException(
          "hyperfleet.gitops.audit.token-file: set the file with the token that Kubernetes sends with its audit "
              + "events");
    }
    this.tokenFile = properties.tokenFile();
    this.facts = facts;
    this.monitor = monitor;
  }

  /** Whether a request has the token that is currently in the file. */
  public boolean allows(@Header("Authorization") String authorization) {
    try {
      var token = tokenFile == null ? "" : Files.readString(tokenFile).strip();
      boolean allowed = !token.isEmpty() && authorization != null && MessageDigest.isEqual(
          ("Bearer " + token).getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
      if (!allowed) {
        monitor.audited("refused");
      }
      return allowed;
    } catch (IOException e) {
      monitor.audited("refused");
      return false;
    }
  }

  /**
   * Accepts an audit.k8s.io/v1 EventList.
   *
   * @throws IllegalArgumentException when it is something else
   */
  @SuppressWarnings("unchecked")
  public void taken(@Body Map<String, Object> list) {
    if (!(list.get("items") instanceof List<?> items) || !items.stream().allMatch(Map.class::isInstance)) {
      throw new IllegalArgumentException("not an EventList: items missing");
    }
    facts.received((List<Map<String, Object>>) items);
    monitor.audited("taken");
  }

  /** Counts a request without audit events. */
  public void unreadable() {
    monitor.audited("unreadable");
  }
}
