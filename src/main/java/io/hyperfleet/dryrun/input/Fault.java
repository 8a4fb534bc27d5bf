package io.hyperfleet.dryrun.input;

/**
 * Requests that fail in a dry run.
 *
 * @param to {@code api} or {@code kubernetes}
 * @param verb {@code get}, {@code list}, {@code create}, {@code update}, {@code patch} or {@code delete}; null for any
 * @param resource plural of the requested kind, such as {@code jobs}; null for any
 * @param status HTTP status of the response; 0 for no response
 * @param message message of the error; null for none
 */
public record Fault(String to, String verb, String resource, int status, String message) {

  public static final String API = "api";
  public static final String KUBERNETES = "kubernetes";

  /** Whether a request fails. */
  public boolean hits(String to, String verb, String resource) {
    return this.to.equals(to) && (this.verb == null || this.verb.equals(verb))
        && (this.resource == null || this.resource.equals(resource));
  }
}
