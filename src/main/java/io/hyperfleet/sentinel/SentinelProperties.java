package io.hyperfleet.sentinel;

import io.hyperfleet.election.ElectionProperties;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Sentinel. The API owns the schedule ({@code hyperfleet.schedule}); the Sentinel polls for resources that are due.
 *
 * @param pollInterval Pause between two polls for due resources; doubled after an empty poll.
 * @param pageSize Number of due resources to handle together; a full page is followed by the next one immediately.
 * @param kinds Plurals of the kinds to handle; all kinds with required adapters when empty; none if the operator's own
 * routes do it.
 * @param decisions Rules by plural that decide which resources get an event; by default all that are due.
 * @param leaderElection One of several Sentinels works, the others wait. It saves requests but is not needed for
 * correctness: any number of Sentinels may run.
 * @param resourceSelector Labels that a resource must have to be handled, all of them; all resources when empty.
 */
@Validated
@ConfigurationProperties("hyperfleet.sentinel")
public record SentinelProperties(
    @DefaultValue("500ms") Duration pollInterval, @DefaultValue("500") @Min(1) @Max(1000) int pageSize,
    @DefaultValue List<String> kinds, @DefaultValue Map<String, DecisionProperties> decisions,
    @DefaultValue @NestedConfigurationProperty ElectionProperties leaderElection,
    @DefaultValue List<ResourceSelector.Label> resourceSelector) {}
