package io.hyperfleet.gitops;

import java.util.Map;

/**
 * An object as Git is to hold it.
 *
 * @param content YAML, in UTF-8
 * @param labels of the object
 * @param trailers what a commit of it says in its trailers, by their names
 */
public record Manifest(byte[] content, Map<String, String> labels, Map<String, String> trailers) {}
