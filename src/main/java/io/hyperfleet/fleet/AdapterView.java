package io.hyperfleet.fleet;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.announcement.BrokenPart;
import io.hyperfleet.rollout.RolloutView;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An adapter for operators.
 *
 * @param kinds kinds that it acts on
 * @param requiredBy kinds whose resources wait for it
 * @param template of its route, or null
 * @param revision its revision, null if live processes have different ones or none announces it
 * @param wantedRevision the last one that all living processes had, or null
 * @param previousRevision the wanted one before, or null
 * @param rollout the rollout of the wanted revision; null if all resources follow the revision of the processes
 * @param broken the error of its folder, or null
 * @param announcers living processes that run it
 * @param resources of the kinds that require it, by state, or null where they are not counted
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdapterView(String name, String href, List<String> kinds, List<String> requiredBy, String template,
    String revision, String wantedRevision, String previousRevision, RolloutView rollout, boolean suspended,
    List<BrokenPart> broken,
    int announcers, Instant lastAnnouncedTime,
    Instant lastReportTime, Map<String, Long> resources, Instant countedTime) {}
