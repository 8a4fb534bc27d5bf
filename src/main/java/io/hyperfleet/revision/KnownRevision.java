package io.hyperfleet.revision;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Objects;

/**
 * A revision as operators see it.
 *
 * @param firstSeenBy the identity of the process that announced it first, or null
 * @param lastWantedTime when it became wanted for the last time, or null
 * @param wanted whether it is wanted now
 * @param previous whether it was wanted before the one that is now
 * @param announcers living processes that have it
 * @param complete whether its content is known
 * @param content the files' values by their names as JSON; null in lists, where it is not known, and for tenants
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KnownRevision(String adapter, String digest, String href, String kind, String template,
    Instant firstSeenTime, String firstSeenBy, Instant lastWantedTime, boolean wanted, boolean previous, int announcers,
    boolean complete, @JsonRawValue String content) {

  /** Whether the routes that run it can run another one. */
  public boolean runsLike(KnownRevision other) {
    return Objects.equals(kind, other.kind) && Objects.equals(template, other.template);
  }

  /** The same without the content. */
  public KnownRevision withoutContent() {
    return new KnownRevision(adapter, digest, href, kind, template, firstSeenTime, firstSeenBy, lastWantedTime, wanted,
        previous, announcers, complete, null);
  }
}
