package io.hyperfleet.console;

import java.util.Map;

/**
 * The identity for requests to the API.
 *
 * @param headers headers for the API: the user's token with a login, and headers of a gateway
 */
record ApiCaller(Map<String, String> headers) {}
