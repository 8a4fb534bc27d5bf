/** Lists of resources: which ones, in which order, page by page, and the short lists that a Sentinel walks through. */
package io.hyperfleet.resource.list;
