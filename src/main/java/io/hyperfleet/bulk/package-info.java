/** Bulk operations on all resources that match a search, run step by step by any process. */
package io.hyperfleet.bulk;
