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

/** Takes what Kubernetes posts of its audit log from those who show the token, and has nothing to say in return. */
public class AuditWebhook {

  private final Path tokenFile;
  private final AuditFacts facts;
  private final GitOpsMonitor monitor;

  /** @throws IllegalArgumentException when it is on and there is no token */
  public AuditWebhook(Audit properties, AuditFacts facts, GitOpsMonitor monitor) {
    if (properties.enabled() && properties.tokenFile() == null) {
      throw new IllegalArgumentException(
          "hyperfleet.gitops.audit.token-file: name the file with the token that Kubernetes shows when it posts its audit log");
    }
    this.tokenFile = properties.tokenFile();
    this.facts = facts;
    this.monitor = monitor;
  }

  /** Whether a request shows the token that is in the file now. */
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
   * Takes an audit.k8s.io/v1 EventList.
   *
   * @throws IllegalArgumentException when it is something else
   */
  @SuppressWarnings("unchecked")
  public void taken(@Body Map<String, Object> list) {
    if (!(list.get("items") instanceof List<?> items) || !items.stream().allMatch(Map.class::isInstance)) {
      throw new IllegalArgumentException("no EventList: there are no items");
    }
    facts.received((List<Map<String, Object>>) items);
    monitor.audited("taken");
  }

  /** Counts a request that holds no part of an audit log. */
  public void unreadable() {
    monitor.audited("unreadable");
  }
}
