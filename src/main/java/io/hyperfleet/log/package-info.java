/** What log lines say besides their message, and what they never say. */
package io.hyperfleet.log;
