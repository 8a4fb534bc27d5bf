package io.hyperfleet.resource;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What becomes of a fleet when other adapters are required than before.
 *
 * @param batchSize Resources whose status is computed anew in a batch.
 * @param pause Time from one batch to the next; sixty times as long while there is nothing to do.
 */
@Validated
@ConfigurationProperties("hyperfleet.re-evaluation")
public record ReEvaluationProperties(
    @DefaultValue("100") @Min(1) @Max(1000) int batchSize,
    @DefaultValue("1s") Duration pause) {}
