package io.hyperfleet.dryrun.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.cli.ApiClient;
import io.hyperfleet.cli.Exit;
import io.hyperfleet.cli.FleetException;
import io.hyperfleet.revision.Revision;

/** The revision of an adapter that an API says is wanted. */
public final class StoredRevision {

  private static final String INSTEAD = "; --from names a folder to compare with instead";

  private StoredRevision() {}

  /**
   * The wanted one.
   *
   * @throws FleetException when there is none, its content is not known, or is not what its digest says
   */
  public static Revision wanted(ApiClient api, String adapter) {
    var path = "/adapters/" + ApiClient.encoded(adapter);
    JsonNode known = find(api, path, "the API does not know an adapter " + adapter);
    var digest = known.path("wanted_revision").asText();
    if (digest.isEmpty()) {
      throw new FleetException(Exit.NOT_FOUND, "no revision of " + adapter + " is wanted yet: no process announces "
          + "the adapter, or processes announce different revisions" + INSTEAD);
    }
    var content = find(api, path + "/revisions/" + ApiClient.encoded(digest),
        "the API does not have the wanted revision "
            + digest)
        .path("content");
    if (!content.isObject()) {
      throw new FleetException(Exit.NOT_FOUND, "the content of the wanted revision " + digest + " is not shown: no "
          + "process has sent it, or you are a tenant" + INSTEAD);
    }
    var revision = Revision.of(PlannedResources.map(content));
    if (!revision.digest().equals(digest)) {
      throw new FleetException(Exit.AWAY, "the API returned content that does not match the revision " + digest
          + INSTEAD);
    }
    return revision;
  }

  private static JsonNode find(ApiClient api, String path, String missing) {
    try {
      return api.get(path).body();
    } catch (FleetException e) {
      if (e.exit() == Exit.NOT_FOUND) {
        throw new FleetException(Exit.NOT_FOUND, missing + INSTEAD, e);
      }
      throw e;
    }
  }
}
