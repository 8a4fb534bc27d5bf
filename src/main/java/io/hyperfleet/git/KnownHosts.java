package io.hyperfleet.git;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;

/** Accepts only the hosts of a {@code known_hosts} file, which is never changed. */
final class KnownHosts implements ServerKeyDatabase {

  private record Known(KnownHostEntry entry, PublicKey key) {

    boolean isRevoked() {
      return "revoked".equals(entry.getMarker());
    }
  }

  private final List<Known> known = new ArrayList<>();

  /** @throws GitException when there is no such file, or one of its lines cannot be read */
  KnownHosts(CredentialFiles files) throws GitException {
    for (String line : new String(files.bytes("known_hosts"), StandardCharsets.UTF_8).lines().map(String::strip)
        .filter(text -> !text.isEmpty() && !text.startsWith("#")).toList()) {
      try {
        var entry = KnownHostEntry.parseKnownHostEntry(line);
        // Lines of certificate authorities are ignored: they name no host.
        if (!"cert-authority".equals(entry.getMarker())) {
          known.add(new Known(entry, entry.getKeyEntry().resolvePublicKey(null, null)));
        }
      } catch (java.io.IOException | GeneralSecurityException | RuntimeException e) {
        throw files.malformed("known_hosts", "has a line that cannot be read", e);
      }
    }
  }

  @Override
  public List<PublicKey> lookup(String connectAddress, InetSocketAddress remoteAddress, Configuration config) {
    return of(connectAddress, remoteAddress).stream().filter(host -> !host.isRevoked()).map(Known::key).toList();
  }

  @Override
  public boolean accept(String connectAddress, InetSocketAddress remoteAddress, PublicKey serverKey,
      Configuration config,
      CredentialsProvider provider) {
    var same = of(connectAddress, remoteAddress).stream().filter(host -> KeyUtils.compareKeys(host.key(), serverKey))
        .toList();
    return !same.isEmpty() && same.stream().noneMatch(Known::isRevoked);
  }

  /** What is known of the host by the name that the URL has. */
  private List<Known> of(String connectAddress, InetSocketAddress remoteAddress) {
    var host = connectAddress.startsWith("[")
        ? connectAddress.substring(1, connectAddress.indexOf(']'))
        : connectAddress.replaceFirst("^([^:]*):\\d+$", "$1");
    return known.stream().filter(entry -> entry.entry().isHostMatch(host, remoteAddress.getPort())).toList();
  }
}
