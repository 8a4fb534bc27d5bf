package io.hyperfleet.gitops;

import io.hyperfleet.git.BranchStore;
import io.hyperfleet.git.CommitResult;
import io.hyperfleet.git.FileChange;
import io.hyperfleet.git.GitException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;

/** Makes a commit of a write: files, message, author and committer. */
class CommitMaker {

  private final GitOpsProperties.Commit properties;
  private final ClusterContents cluster;
  private final Clock clock;

  CommitMaker(GitOpsProperties.Commit properties, ClusterContents cluster, Clock clock) {
    this.properties = properties;
    this.cluster = cluster;
    this.clock = clock;
  }

  /** Commits what is not so already. */
  CommitResult commit(BranchStore store, PendingWrite write) throws GitException {
    var events = new LinkedHashMap<String, GitOpsEvent>();
    write.events().forEach(event -> atWriteTime(event).ifPresent(now -> events.put(now.path(), now)));
    var changes = new ArrayList<FileChange>();
    events.forEach((path, event) -> changes.add(new FileChange(path, event.content())));
    return store.commit(changes,
        changed -> CommitMessages.of(changed.stream().map(change -> events.get(change.path())).toList()),
        author(write.last()), committer());
  }

  /** The event with what the file is to hold: for those of the reconciler, what the cluster holds now. */
  private Optional<GitOpsEvent> atWriteTime(GitOpsEvent event) {
    if (!event.operation().isReconciliation()) {
      return Optional.of(event);
    }
    boolean deletion = event.operation() == Operation.DELETE;
    var current = cluster.current(event.destination(), event.identifier());
    if (deletion ? cluster.exists(event.destination(), event.identifier()) : current.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new GitOpsEvent(event.destination(), event.baseFolder(), event.identifier(), event.operation(),
        current.map(Manifest::content).orElse(null), event.actor(), current.map(Manifest::trailers).orElse(Map.of()),
        event.timestamp()));
  }

  private PersonIdent author(GitOpsEvent event) {
    var actor = event.actor();
    return actor.equals(Actor.RECONCILER) ? committer()
        : person(actor.authorName(), actor.authorEmail(), event.timestamp());
  }

  private PersonIdent committer() {
    return person(properties.committerName(), properties.committerEmail(), clock.instant());
  }

  private static PersonIdent person(String name, String email, Instant time) {
    return new PersonIdent(name, email, time, ZoneOffset.UTC);
  }
}
