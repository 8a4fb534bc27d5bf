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
 * The Sentinel. The API owns the schedule ({@code hyperfleet.schedule}), the Sentinel looks for what is due.
 *
 * @param pollInterval Pause between two looks at what is due; twice that after one that found nothing.
 * @param pageSize Due resources that are handled together; a full page is followed by the next one at once.
 * @param kinds Plurals of the kinds to look after; all that have required adapters when empty; none where routes of the
 * operator do it.
 * @param decisions By plural, which resources get an event; where there is none, every one that is due.
 * @param leaderElection One of several Sentinels works, the others wait. It saves requests and is never needed for
 * correctness: any number of Sentinels may work.
 * @param resourceSelector Labels that a resource must carry, all of them, to be looked after; everything when empty.
 */
@Validated
@ConfigurationProperties("hyperfleet.sentinel")
public record SentinelProperties(
    @DefaultValue("500ms") Duration pollInterval, @DefaultValue("500") @Min(1) @Max(1000) int pageSize,
    @DefaultValue List<String> kinds, @DefaultValue Map<String, DecisionProperties> decisions,
    @DefaultValue @NestedConfigurationProperty ElectionProperties leaderElection,
    @DefaultValue List<ResourceSelector.Label> resourceSelector) {}
