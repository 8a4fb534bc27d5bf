package io.hyperfleet.gitops.write;

import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.CommitResult;
import io.hyperfleet.git.FileChange;
import io.hyperfleet.git.GitException;
import io.hyperfleet.gitops.Actor;
import io.hyperfleet.gitops.GitOpsEvent;
import io.hyperfleet.gitops.GitOpsProperties;
import io.hyperfleet.gitops.Operation;
import io.hyperfleet.gitops.author.Attribution;
import io.hyperfleet.gitops.manifest.HeldManifest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.PersonIdent;

/** Creates a commit: files, message, author and committer. */
public class CommitMaker {

  private final GitOpsProperties.Commit properties;
  private final ClusterContents cluster;
  private final Attribution attribution;
  private final WallTime time;

  public CommitMaker(GitOpsProperties.Commit properties, ClusterContents cluster, Attribution attribution,
      WallTime time) {
    this.properties = properties;
    this.cluster = cluster;
    this.attribution = attribution;
    this.time = time;
  }

  /**
   * Commits the changes that the branch does not have yet.
   *
   * @param superseded whether a change by a user follows an event of the comparison
   */
  CommitResult commit(BranchStore store, PendingWrite write, Predicate<GitOpsEvent> superseded) throws GitException {
    var events = new LinkedHashMap<String, GitOpsEvent>();
    write.events().forEach(event -> atWriteTime(event, superseded).ifPresent(now -> events.put(now.path(), now)));
    var changes = new ArrayList<FileChange>();
    events.forEach((path, event) -> changes.add(new FileChange(path, event.content())));
    return store.commit(changes, (change, there) -> HeldManifest.read(there)
        .objectionAs(events.get(change.path()).identifier(), cluster.kind(events.get(change.path()))),
        changed -> CommitMessages.of(changed.stream().map(change -> events.get(change.path())).toList()),
        author(write.last()), committer());
  }

  /** The event with the content of its file: for events of a comparison, the current content in the cluster. */
  private Optional<GitOpsEvent> atWriteTime(GitOpsEvent event, Predicate<GitOpsEvent> superseded) {
    var moment = time.of(event.timestamp()).truncatedTo(ChronoUnit.MILLIS);
    if (!event.operation().isReconciliation()) {
      return Optional.of(event.with(event.content(), event.trailers(), moment));
    }
    // In this order: an event that is no longer awaited has reached the branch's worker.
    if (attribution.isAwaited(event) || superseded.test(event)) {
      return Optional.empty();
    }
    if (event.operation() == Operation.DELETE) {
      return cluster.isGone(event.destination(), event.identifier())
          ? Optional.of(event.with(null, event.trailers(), moment))
          : Optional.empty();
    }
    return cluster.current(event.destination(), event.identifier())
        .map(current -> event.with(current.content(), current.trailers(), moment));
  }

  private PersonIdent author(GitOpsEvent event) {
    var actor = event.actor();
    return actor.equals(Actor.RECONCILER)
        ? committer()
        : person(actor.authorName(), actor.authorEmail(), time.of(event.timestamp()));
  }

  private PersonIdent committer() {
    return person(properties.committerName(), properties.committerEmail(), time.wall().instant());
  }

  private static PersonIdent person(String name, String email, Instant time) {
    return new PersonIdent(name, email, time, ZoneOffset.UTC);
  }
}
