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
 * One branch of a remote repository in a bare clone. Commits are created on top of the last fetched state and are only
 * proposals until {@link #push()} has pushed them. There is no working tree: links are not followed, and files of the
 * branch are never written to a file system. Not thread-safe.
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
   * Fetches the remote. If it has changed, unpushed commits are dropped and the branch is reset to the remote branch,
   * also at the first call.
   *
   * @return whether earlier commits must be created again
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
   * Commits changes; a change is refused if a link, a submodule or a folder is at its path, the guard objects, or
   * {@code .gitattributes} sets a filter for the file. The others are committed.
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
   * @return whether they were pushed; if not, the remote has changed, and {@link #sync} fetches it
   * @throws GitException when the remote rejects them or cannot be reached
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

  /** Deletes the clone; the next {@link #sync} creates a new one. */
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
