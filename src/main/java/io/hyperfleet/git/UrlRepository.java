package io.hyperfleet.git;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/**
 * A repository by its URL. Redirects are not followed, since the target would get the credentials.
 *
 * @param url where it is, without credentials
 * @param timeout how long it may be silent
 * @param credentials directory with files of the names that {@link CredentialFiles} knows; {@code null} for none
 */
public record UrlRepository(String url, Duration timeout, Path credentials) implements RemoteRepository {

  @Override
  public Transport connect(Repository local) throws GitException {
    try {
      local.getConfig().setString("http", null, "followRedirects", "false");
      var transport = Transport.open(local, new URIish(url));
      // Whole seconds, and zero would be for ever.
      transport.setTimeout((int) Math.max(1, timeout.toSeconds()));
      var files = new CredentialFiles(credentials);
      if (transport instanceof SshTransport ssh) {
        ssh.setSshSessionFactory(SshLogin.sessions(files, local.getDirectory()));
      } else if (credentials != null && transport instanceof TransportHttp http) {
        HttpsLogin.apply(files, http);
      }
      return transport;
    } catch (URISyntaxException | NotSupportedException | TransportException e) {
      throw RemoteFailures.explain(url, e);
    }
  }
}
