/**
 * Who calls the API: bearer tokens of the configured issuers, and what a system identity, such as an adapter or a
 * Sentinel, may do. The chain of filters is always the one that stands here.
 */
package io.hyperfleet.auth;
