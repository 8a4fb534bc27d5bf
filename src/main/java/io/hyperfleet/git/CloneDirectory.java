package io.hyperfleet.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Set;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The directory of a bare clone, locked by one process at a time. Its content can be fetched again. */
final class CloneDirectory implements AutoCloseable {

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final FileChannel channel;

  /** @throws IOException when it cannot be made, or another process works in it */
  CloneDirectory(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.getParent(), isPosix(directory)
        ? new FileAttribute<?>[]{PosixFilePermissions.asFileAttribute(OWN)}
        : new FileAttribute<?>[0]);
    channel = FileChannel.open(directory.resolveSibling(directory.getFileName() + ".in-use"),
        StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new IOException("another process works in " + directory);
    }
  }

  /** The clone; a new, empty one if none can be opened. */
  FileRepository open() throws IOException {
    deleteLockFiles();
    try {
      return existing();
    } catch (IOException | RuntimeException e) {
      return create();
    }
  }

  private FileRepository existing() throws IOException {
    var repository = (FileRepository) new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare()
        .setMustExist(true).build();
    if (!repository.isBare() || !isOwn()) {
      repository.close();
      throw new RepositoryNotFoundException(directory.toFile());
    }
    try {
      // A crash may leave these half written, so that every fetch would fail.
      repository.getRefDatabase().getRefs();
      repository.getObjectDatabase().getShallowCommits();
    } catch (IOException | RuntimeException e) {
      repository.close();
      throw e;
    }
    return repository;
  }

  /** Foreign content could contain hooks and settings. */
  private boolean isOwn() throws IOException {
    var own = Files.createTempFile(directory.getParent(), "own", null);
    try {
      return Files.getOwner(directory).equals(Files.getOwner(own));
    } finally {
      Files.delete(own);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private FileRepository create() throws IOException {
    wipe();
    Files.createDirectories(directory);
    if (isPosix(directory)) {
      Files.setPosixFilePermissions(directory, OWN);
    }
    var repository = (FileRepository) new FileRepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
    repository.create(true);
    var config = repository.getConfig();
    config.setBoolean("gc", null, "autodetach", false);
    config.save();
    return repository;
  }

  /** Deletes the clone. */
  void wipe() throws IOException {
    if (Files.exists(directory)) {
      try (var paths = Files.walk(directory)) {
        paths.sorted(Comparator.reverseOrder()).forEach(CloneDirectory::delete);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  /** Left behind by a killed process; no other process works here. */
  private void deleteLockFiles() throws IOException {
    if (Files.isDirectory(directory)) {
      try (var paths = Files.walk(directory)) {
        paths.filter(path -> path.toString().endsWith(".lock")).forEach(CloneDirectory::delete);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
