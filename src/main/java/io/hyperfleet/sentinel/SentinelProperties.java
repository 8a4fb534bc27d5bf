package io.hyperfleet.sentinel;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Sentinel. The API owns the schedule ({@code hyperfleet.schedule}), the Sentinel looks for what is due.
 *
 * @param pollInterval Pause between two looks at what is due.
 * @param pageSize Due resources that are handled together; a full page is followed by the next one at once.
 * @param kinds Plurals of the kinds to look after; all that have required adapters when empty.
 * @param resourceSelector Labels that a resource must carry, all of them, to be looked after; everything when empty.
 */
@Validated
@ConfigurationProperties("hyperfleet.sentinel")
public record SentinelProperties(
    @DefaultValue("500ms") Duration pollInterval, @DefaultValue("500") @Min(1) @Max(1000) int pageSize,
    @DefaultValue List<String> kinds, @DefaultValue List<ResourceSelector.Label> resourceSelector) {}
