/** Actions on everything that matches a search: one step after the other, by whatever process is there. */
package io.hyperfleet.bulk;
