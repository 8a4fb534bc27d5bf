package io.hyperfleet.gitops.destination;

import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.ResourceType;
import io.hyperfleet.gitops.WatchRule;
import io.hyperfleet.gitops.manifest.Redaction;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which kinds a rule may name, and which of them a rule for all kinds means. */
public final class RuleChecks {

  private static final Logger LOG = LoggerFactory.getLogger(RuleChecks.class);

  private static final Pattern TYPE = Pattern
      .compile("([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?v\\d+((alpha|beta)\\d+)?/([a-z0-9-]+|\\*)");

  private final Set<String> excluded;
  private final Redaction redaction;

  public RuleChecks(GitOpsProperties.Watch watch, Redaction redaction) {
    this.excluded = watch.exclude();
    this.redaction = redaction;
  }

  /**
   * Checks a rule of the configuration.
   *
   * @throws IllegalArgumentException when it names nothing that can be watched, or what must not be written
   */
  void check(String key, WatchRule rule) {
    Destinations.check(!rule.resources().isEmpty(),
        key + ".resources: list kinds by their plurals, such as configmaps, or use * for all of a group and version");
    for (ResourceType type : rule.types()) {
      Destinations.check(TYPE.matcher(type.toString()).matches(), key + ": '" + type
          + "' must be one kind or all kinds of a group and version, such as batch/v1/jobs or v1/*; other wildcards, "
          + "subresources and versions other than v1 or v1beta1 forms cannot be watched");
      Destinations.check(redaction.allows(type), key + ": Secrets are not written to Git in clear text; see "
          + "hyperfleet.gitops.secrets.mode");
      if (isExcluded(type)) {
        LOG.warn("{} selects {}, which change constantly: expect many commits", key, type);
      }
    }
  }

  /** Whether a rule for all kinds of a group means this one too. */
  public boolean isMeantByAll(ResourceType type) {
    return !isExcluded(type) && !redaction.isSensitive(type);
  }

  private boolean isExcluded(ResourceType type) {
    return excluded.contains(type.withoutVersion());
  }
}
