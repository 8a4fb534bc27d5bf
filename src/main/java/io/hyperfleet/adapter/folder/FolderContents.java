package io.hyperfleet.adapter.folder;

import io.hyperfleet.id.Sha256;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder that records what was read, to detect changes. Only contents are compared, since a mounted ConfigMap has no
 * reliable times and swaps links.
 */
public final class FolderContents implements AdapterFolder {

  private static final int DIGEST = 32;
  private static final String MISSING = "missing";
  private static final String UNREADABLE = "unreadable";

  private final AdapterFolder folder;
  private final Map<String, String> seen = new TreeMap<>();

  public FolderContents(AdapterFolder folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return folder.name();
  }

  @Override
  public String path(String file) {
    return folder.path(file);
  }

  @Override
  public byte[] read(String file) throws IOException {
    try {
      byte[] bytes = folder.read(file);
      seen.put(file, Sha256.hex(bytes, DIGEST));
      return bytes;
    } catch (IOException e) {
      seen.put(file, failure(e));
      throw e;
    }
  }

  /** Whether reading again would give the same results, including failures. */
  public boolean areCurrent() {
    return seen.entrySet().stream().allMatch(file -> now(file.getKey()).equals(file.getValue()));
  }

  /** A digest of what was read. */
  public String digest() {
    return Sha256.hex(seen.toString(), DIGEST);
  }

  private String now(String file) {
    try {
      return Sha256.hex(folder.read(file), DIGEST);
    } catch (IOException e) {
      return failure(e);
    }
  }

  private static String failure(IOException e) {
    return e instanceof NoSuchFileException ? MISSING : UNREADABLE;
  }
}
