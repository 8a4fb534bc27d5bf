/**
 * Reads and checks the inputs of a dry run: files of a case, or of a command's options.
 */
package io.hyperfleet.dryrun.input;
