package io.hyperfleet.git;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/**
 * Logs in with a private key at known hosts, without agent, configuration or keys of the process's user.
 */
final class SshLogin {

  private static final String KEY = "ssh-privatekey";
  private static final String PASSWORD = "ssh-password";

  private SshLogin() {}

  /**
   * Sessions with the current credentials.
   *
   * @param nowhere a directory without any file that SSH reads
   */
  static SshSessionFactory sessions(CredentialFiles files, File nowhere) throws GitException {
    var keys = keys(files);
    var hosts = new KnownHosts(files);
    return new SshdSessionFactoryBuilder()
        .setHomeDirectory(nowhere)
        .setSshDirectory(nowhere)
        .setPreferredAuthentications("publickey")
        .setConfigStoreFactory((home, config, user) -> null)
        .setConnectorFactory(null)
        .setDefaultKeysProvider(directory -> keys)
        .setServerKeyDatabase((home, directory) -> hosts)
        .build(null);
  }

  private static List<KeyPair> keys(CredentialFiles files) throws GitException {
    var content = files.bytes(KEY);
    var password = files.has(PASSWORD) ? FilePasswordProvider.of(files.word(PASSWORD)) : FilePasswordProvider.EMPTY;
    var keys = new ArrayList<KeyPair>();
    try {
      var found = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(KEY),
          new ByteArrayInputStream(content),
          password);
      if (found != null) {
        found.forEach(keys::add);
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw files.malformed(KEY, "contains no readable private key, or " + PASSWORD + " is not its password",
          null);
    }
    if (keys.isEmpty()) {
      throw files.malformed(KEY, "holds no private key", null);
    }
    return keys;
  }
}
