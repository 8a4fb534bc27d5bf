/** What operators see of a process: whether it runs, and what it waits for. */
package io.hyperfleet.operation;
