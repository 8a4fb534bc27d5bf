package io.hyperfleet.git;

import io.hyperfleet.git.GitException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * One branch of a remote repository in a bare clone. Commits are made on top of what was last fetched and are nothing
 * but proposals until {@link #push()} answers that the remote has them. There is no working tree: nothing follows a
 * link, and no file of the branch is ever written to a file system. Not for several threads.
 */
public final class BranchStore implements AutoCloseable {

  private final Path directory;
  private final RemoteBranch remote;
  private CloneDirectory clone;
  private FileRepository repository;
  /** The remote's tip as it was last seen; {@code null} when the branch is not there. */
  private ObjectId base;
  /** What the next commit stands on: the base, or that of a new branch, or commits that are not pushed. */
  private ObjectId tip;
  private boolean synced;

  /**
   * Nothing is opened yet.
   *
   * @param directory where the clone lies; its parent is made when it is missing
   */
  public BranchStore(Path directory, RemoteRepository remote, String branch) {
    this.directory = directory;
    this.remote = new RemoteBranch(remote, branch);
    IsolatedSystemReader.install();
  }

  /**
   * Looks at the remote. When it has moved since it was last seen, commits that were not pushed are dropped, and the
   * branch stands where the remote's does; so also at the first call.
   *
   * @return whether what was committed before has to be committed again
   */
  public boolean sync() throws GitException {
    open();
    var seen = remote.look(repository);
    if (synced && Objects.equals(base, seen.tip())) {
      return false;
    }
    remote.fetch(repository, seen);
    base = seen.tip();
    tip = seen.start();
    synced = true;
    return true;
  }

  /**
   * Commits what is not so already; a change is refused when a link, a submodule or a folder is in its way, when the
   * guard objects, or when {@code .gitattributes} names a filter for the file. The others are committed.
   *
   * @param message of the commit, given the changes that it makes
   */
  public CommitResult commit(List<FileChange> changes, FileGuard guard, Function<List<FileChange>, String> message,
      PersonIdent author, PersonIdent committer) throws GitException {
    try {
      var proposal = CommitProposal.on(repository, tip, changes, guard, message, author, committer);
      tip = proposal.id();
      return proposal.result();
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Drops the commits that were not pushed. */
  public void rewind() {
    tip = base == null ? remote.startOfNew() : base;
  }

  /** Whether there is something that the remote does not have. */
  public boolean hasUnpushed() {
    return tip != null && !tip.equals(base) && !(base == null && tip.equals(remote.startOfNew()));
  }

  /**
   * Sends the commits, if the remote is still where it was last seen.
   *
   * @return whether the remote has them; if not, it has moved, and {@link #sync} brings what it has now
   * @throws GitException when the remote refuses them or cannot be reached
   */
  public boolean push() throws GitException {
    if (!hasUnpushed()) {
      return true;
    }
    if (!remote.push(repository, base, tip)) {
      return false;
    }
    base = tip;
    try {
      repository.autoGC(NullProgressMonitor.INSTANCE);
    } catch (RuntimeException e) {
      throw damaged(e);
    }
    return true;
  }

  /**
   * The regular files below a folder, the repository when empty; what a symbolic link or a submodule leads to is not
   * there.
   */
  public List<BranchFile> files(String folder) throws GitException {
    try {
      return tip == null ? List.of() : FolderFiles.list(repository, tip, folder);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** The content of a file; empty when it has more bytes than that. */
  public Optional<byte[]> read(BranchFile file, int largest) throws GitException {
    try {
      var content = repository.open(file.blob());
      return content.getSize() > largest ? Optional.empty() : Optional.of(content.getBytes());
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private void open() throws GitException {
    try {
      if (clone == null) {
        clone = new CloneDirectory(directory);
      }
      if (repository == null) {
        repository = clone.open();
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private GitException damaged(Exception failure) {
    return new GitException(Reason.LOCAL_STORE_FAILED,
        "the local clone of " + remote.url() + " cannot be used: " + failure.getMessage(), failure);
  }

  /** Throws the clone away; the next {@link #sync} makes a new one. */
  public void discard() throws GitException {
    closeRepository();
    if (clone != null) {
      try {
        clone.wipe();
      } catch (IOException e) {
        throw damaged(e);
      }
    }
  }

  private void closeRepository() {
    if (repository != null) {
      repository.close();
      repository = null;
    }
    synced = false;
    base = null;
    tip = null;
  }

  @Override
  public void close() throws IOException {
    closeRepository();
    if (clone != null) {
      clone.close();
      clone = null;
    }
  }
}
