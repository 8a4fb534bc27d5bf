/** Who may ask the API for what: tokens, their rights and their issuers. */
package io.hyperfleet.api.access;
