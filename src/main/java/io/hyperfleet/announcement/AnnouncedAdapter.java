package io.hyperfleet.announcement;

import java.time.Instant;
import java.util.List;

/**
 * What one process says of one adapter.
 *
 * @param inWaves whether its folder declares a rollout
 * @param announcedTime when it last said so
 * @param living whether it has been heard of lately
 */
public record AnnouncedAdapter(String name, String kind, String template, String digest, boolean suspended,
    List<BrokenPart> broken, boolean inWaves, Instant announcedTime, boolean living) {}
