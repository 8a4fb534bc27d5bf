/** What operators see of the fleet, and how they steer it, over HTTP. */
package io.hyperfleet.api.steering;
