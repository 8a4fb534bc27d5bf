package io.hyperfleet.resource;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Re-evaluation of a fleet after a change of the required adapters.
 *
 * @param batchSize Number of resources to re-evaluate per batch.
 * @param pause Pause between batches; sixty times as long while there is nothing to do.
 */
@Validated
@ConfigurationProperties("hyperfleet.re-evaluation")
public record ReEvaluationProperties(
    @DefaultValue("100") @Min(1) @Max(1000) int batchSize,
    @DefaultValue("1s") Duration pause) {}
