/** YAML as read by kubectl, so that files have the same meaning. */
package io.hyperfleet.yaml;
