/**
 * Checks of the host before anything starts, with one sentence per problem.
 */
package io.hyperfleet.host;
