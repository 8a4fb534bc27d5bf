/** The HTTP API: what it reads from requests, whom it asks, and how answers and problems look. */
package io.hyperfleet.api;
