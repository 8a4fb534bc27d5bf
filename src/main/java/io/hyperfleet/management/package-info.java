/** What operators may open on the management port beside health and metrics: Hawtio, over a policy that reads only. */
package io.hyperfleet.management;
