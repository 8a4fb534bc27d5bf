/**
 * What a process needs of the machine that it runs on: looked at before anything starts, and told in one sentence each.
 */
package io.hyperfleet.host;
