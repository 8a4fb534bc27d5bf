/** What an event of an adapter carries from step to step. */
package io.hyperfleet.adapter.event;
