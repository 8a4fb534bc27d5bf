package io.hyperfleet.git;

import io.hyperfleet.git.GitException.Reason;
import java.net.URISyntaxException;
import java.time.Duration;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * A repository that needs no credentials.
 *
 * @param url where it is
 * @param timeout how long it may be silent
 */
public record UrlRepository(String url, Duration timeout) implements RemoteRepository {

  @Override
  public Transport connect(Repository local) throws GitException {
    try {
      var transport = Transport.open(local, new URIish(url));
      transport.setTimeout((int) timeout.toSeconds());
      return transport;
    } catch (URISyntaxException | NotSupportedException | TransportException e) {
      throw RemoteFailures.explain(url, e);
    }
  }
}
