package io.hyperfleet.fleet;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Counts of the fleet.
 *
 * @param interval How often the fleet is counted, by one process at a time. Less often if counting is slow, so that it
 * takes at most a tenth of the time.
 */
@Validated
@ConfigurationProperties("hyperfleet.fleet")
public record FleetProperties(@DefaultValue("10s") @DurationMin(millis = 100) Duration interval) {}
