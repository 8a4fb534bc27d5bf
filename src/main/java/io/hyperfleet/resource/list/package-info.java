/** Lists of resources: filters, order and pages, and the due lists for a Sentinel. */
package io.hyperfleet.resource.list;
