package io.hyperfleet.git;

import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.Transport;

/** The repository that is pushed to. */
public interface RemoteRepository {

  /** Its URL without credentials, as logs and conditions show it. */
  String url();

  /**
   * A connection with the current credentials.
   *
   * @throws GitException when the credentials are missing or cannot be read, or the URL is of no known kind
   */
  Transport connect(Repository local) throws GitException;
}
