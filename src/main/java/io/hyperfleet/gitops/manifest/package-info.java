/**
 * Objects as files of the repository: what is taken out, how values of Secrets are hidden, how YAML is written and
 * read.
 */
package io.hyperfleet.gitops.manifest;
