package io.hyperfleet.fleet;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The fleet in numbers.
 *
 * @param interval How often the fleet is counted, by one of all processes; less often where counting takes long, so
 * that it takes a tenth of the time at most.
 */
@Validated
@ConfigurationProperties("hyperfleet.fleet")
public record FleetProperties(@DefaultValue("10s") @DurationMin(millis = 100) Duration interval) {}
