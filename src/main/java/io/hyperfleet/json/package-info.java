/** JSON of requests: reading fields with their types checked, limits, and equality of meaning. */
package io.hyperfleet.json;
