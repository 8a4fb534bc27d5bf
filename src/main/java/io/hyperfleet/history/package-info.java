/** The history of a resource in the last day: changed conditions of adapters, events, and user actions. */
package io.hyperfleet.history;
