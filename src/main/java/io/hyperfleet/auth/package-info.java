/**
 * Authentication and authorization of API callers: bearer tokens of the configured issuers, and the permissions of
 * system identities, such as adapters and Sentinels. The security filter chain is always this one.
 */
package io.hyperfleet.auth;
