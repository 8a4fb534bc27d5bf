/** How the roles that are clients of the API call it. */
package io.hyperfleet.client;
