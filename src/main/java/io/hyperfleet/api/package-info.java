/** The HTTP API: controllers, request parsing, responses and problems. */
package io.hyperfleet.api;
