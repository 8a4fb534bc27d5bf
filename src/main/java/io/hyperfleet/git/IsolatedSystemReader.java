package io.hyperfleet.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Ignores the configuration of the machine and its user, which could set commands, proxies and other URLs. */
final class IsolatedSystemReader extends SystemReader.Delegate {

  private static boolean installed;

  private IsolatedSystemReader(SystemReader machine) {
    super(machine);
  }

  /** Makes JGit in this process read no configuration but that of its own clones. */
  static synchronized void install() {
    if (!installed) {
      SystemReader.setInstance(new IsolatedSystemReader(SystemReader.getInstance()));
      installed = true;
    }
  }

  @Override
  public String getenv(String variable) {
    return variable.startsWith("GIT_") || variable.equals("XDG_CONFIG_HOME") ? null : super.getenv(variable);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  private static final class Nothing extends FileBasedConfig {

    Nothing(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // There is nothing to read.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public void save() {
      // There is nowhere to write.
    }
  }
}
