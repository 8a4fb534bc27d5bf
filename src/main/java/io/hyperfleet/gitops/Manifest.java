package io.hyperfleet.gitops;

import java.util.Map;

/**
 * An object as written to Git.
 *
 * @param content YAML, in UTF-8
 * @param labels of the object
 * @param trailers trailers of its commits, by their names
 */
public record Manifest(byte[] content, Map<String, String> labels, Map<String, String> trailers) {}
