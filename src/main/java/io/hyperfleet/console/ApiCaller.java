package io.hyperfleet.console;

import java.util.Map;

/**
 * In whose name the API is asked.
 *
 * @param headers what the API is shown: the user's token where there is a login, and what a gateway said
 */
record ApiCaller(Map<String, String> headers) {}
