/** YAML as kubectl reads it, so that a file means here what it means there. */
package io.hyperfleet.yaml;
