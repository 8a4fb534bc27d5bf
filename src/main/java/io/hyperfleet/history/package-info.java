/** What has happened to a resource in the last day: changed answers of adapters, events, and what people did. */
package io.hyperfleet.history;
