/**
 * Objects as files of the repository: sanitizing, redaction of Secrets, and YAML.
 */
package io.hyperfleet.gitops.manifest;
