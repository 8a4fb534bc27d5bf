/**
 * Reads what an adapter is tried with: the files of a case or of a command's options, checked, as one scenario.
 */
package io.hyperfleet.dryrun.input;
