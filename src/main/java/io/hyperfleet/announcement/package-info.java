/** What processes that run adapters say of them: names, digests, what is broken, what is suspended. */
package io.hyperfleet.announcement;
