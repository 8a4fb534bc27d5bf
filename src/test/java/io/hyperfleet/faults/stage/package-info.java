/** Processes, load and recorded histories that the tests of faults are played with. */
package io.hyperfleet.faults.stage;
