package io.hyperfleet.git;

import io.hyperfleet.git.GitException.Reason;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;

/** A branch in the remote repository: queried, fetched, and pushed to only if its tip is the last known one. */
final class RemoteBranch {

  private static final List<String> USUAL_DEFAULTS = List.of("refs/heads/main", "refs/heads/master");

  private final RemoteRepository remote;
  private final String ref;
  private ObjectId startOfNew;

  RemoteBranch(RemoteRepository remote, String branch) {
    this.remote = remote;
    this.ref = Constants.R_HEADS + branch;
  }

  /**
   * What the remote shows.
   *
   * @param tip the branch's commit; {@code null} when there is no such branch
   * @param source the branch to fetch: this one, else the default one; {@code null} when there is neither
   * @param start where a commit has to stand on; {@code null} in an empty repository
   */
  record Seen(ObjectId tip, String source, ObjectId start) {}

  String url() {
    return remote.url();
  }

  /** Where a branch starts that the remote does not have. */
  ObjectId startOfNew() {
    return startOfNew;
  }

  Seen look(Repository local) throws GitException {
    ObjectFormat.checkLocal(url());
    try (var transport = remote.connect(local); var connection = transport.openFetch()) {
      var branch = connection.getRef(ref);
      if (branch != null) {
        return new Seen(branch.getObjectId(), ref, branch.getObjectId());
      }
      var standard = standard(connection.getRefsMap());
      startOfNew = standard == null ? null : standard.getObjectId();
      return standard == null
          ? new Seen(null, null, null)
          : new Seen(null, standard.getName(), standard.getObjectId());
    } catch (NotSupportedException | TransportException e) {
      throw ObjectFormat.explain(remote, local, e);
    }
  }

  /** The default branch; HEAD may name one that is not there. */
  private static Ref standard(Map<String, Ref> refs) {
    var head = refs.get(Constants.HEAD);
    if (head != null && head.getObjectId() != null) {
      return head.isSymbolic() && refs.containsKey(head.getTarget().getName())
          ? refs.get(head.getTarget().getName())
          : refs.values().stream().filter(ref -> ref.getName().startsWith(Constants.R_HEADS)
              && head.getObjectId().equals(ref.getObjectId())).findFirst().orElse(head);
    }
    return USUAL_DEFAULTS.stream().filter(refs::containsKey).map(refs::get).findFirst().orElse(null);
  }

  void fetch(Repository local, Seen seen) throws GitException {
    if (seen.source() == null || has(local, seen.start())) {
      return;
    }
    try (var transport = remote.connect(local)) {
      transport.setDepth(1);
      transport.fetch(NullProgressMonitor.INSTANCE,
          List.of(new RefSpec("+" + seen.source() + ":refs/remotes/origin/fetched")));
    } catch (NotSupportedException | TransportException e) {
      throw RemoteFailures.explain(url(), e);
    }
    if (!has(local, seen.start())) {
      throw new GitException(Reason.CONNECTION_FAILED, url() + " changed while it was fetched", null);
    }
  }

  private static boolean has(Repository local, ObjectId commit) {
    try {
      return local.getObjectDatabase().has(commit);
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the remote has taken the commit; if not, it is no longer where it was expected. */
  boolean push(Repository local, ObjectId expected, ObjectId commit) throws GitException {
    try (var transport = remote.connect(local)) {
      var update = new RemoteRefUpdate(local, null, commit, ref, false, "refs/remotes/origin/pushed",
          expected == null ? ObjectId.zeroId() : expected);
      var result = transport.push(NullProgressMonitor.INSTANCE, List.of(update));
      return switch (update.getStatus()) {
        case OK, UP_TO_DATE -> true;
        case REJECTED_REMOTE_CHANGED, REJECTED_NONFASTFORWARD -> false;
        default -> refused(local, expected, update, result.getMessages());
      };
    } catch (NotSupportedException | TransportException e) {
      throw RemoteFailures.explain(url(), e);
    } catch (IOException e) {
      throw new GitException(Reason.LOCAL_STORE_FAILED, "the local clone of " + url() + " cannot be used: "
          + e.getMessage(), e);
    }
  }

  /** A server that saw another push win says so in words of its own. */
  private boolean refused(Repository local, ObjectId expected, RemoteRefUpdate update, String words)
      throws GitException {
    if (!Objects.equals(expected, look(local).tip())) {
      return false;
    }
    throw new GitException(Reason.PUSH_REJECTED, url() + " rejects the push to " + ref + ": "
        + (update.getMessage() == null ? update.getStatus() : RemoteFailures.line(update.getMessage()))
        + (words == null || words.isBlank() ? "" : "; server message: " + RemoteFailures.line(words)), null);
  }
}
