/** Hostile input, generated, for tests of all that takes text from outside. */
package io.hyperfleet.hostile;
