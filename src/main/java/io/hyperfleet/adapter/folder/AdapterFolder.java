package io.hyperfleet.adapter.folder;

import io.hyperfleet.adapter.definition.Reads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.springframework.core.io.Resource;

/** The files of one adapter, on the class path or on a disk. */
public interface AdapterFolder {

  /** Name of the file that describes the adapter. */
  String DEFINITION = "adapter.yaml";

  /** Name of the folder. */
  String name();

  /** Path of a file for messages. */
  String path(String file);

  /**
   * Reads a file, up to one byte more than {@link YamlDocument} accepts.
   *
   * @throws NoSuchFileException when it does not exist, is not a regular file, or is outside the folder
   * @throws IOException when it cannot be read
   */
  byte[] read(String file) throws IOException;

  /** A folder whose definition is a resource. */
  static AdapterFolder of(String name, Resource definition) {
    return new AdapterFolder() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String path(String file) {
        return "adapters/" + name + "/" + file;
      }

      @Override
      public byte[] read(String file) throws IOException {
        Resource resource = definition.createRelative(file);
        if (!resource.isReadable()) {
          throw new NoSuchFileException(file);
        }
        try (InputStream in = resource.getInputStream()) {
          return in.readNBytes(YamlDocument.MAX_BYTES + 1);
        }
      }
    };
  }

  /**
   * A folder on a disk. The folder may be a link, and may contain links within its own directory (as in a mounted
   * ConfigMap), but not to elsewhere.
   *
   * @param within directory that the folder must be in once links are followed
   */
  static AdapterFolder of(Path folder, Path within) {
    return new AdapterFolder() {
      @Override
      public String name() {
        return folder.getFileName().toString();
      }

      @Override
      public String path(String file) {
        return folder + "/" + file;
      }

      @Override
      public byte[] read(String file) throws IOException {
        Path root = folder.toRealPath();
        Path real = resolve(root, file).toRealPath();
        if (!root.startsWith(within.toRealPath()) || !real.startsWith(root) || !Files.isRegularFile(real)) {
          throw new NoSuchFileException(file);
        }
        try (InputStream in = Files.newInputStream(real)) {
          return in.readNBytes(YamlDocument.MAX_BYTES + 1);
        }
      }
    };
  }

  private static Path resolve(Path root, String file) throws NoSuchFileException {
    try {
      return root.resolve(file);
    } catch (InvalidPathException e) {
      throw new NoSuchFileException(file);
    }
  }
}
