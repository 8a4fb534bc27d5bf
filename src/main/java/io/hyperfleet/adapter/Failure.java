package io.hyperfleet.adapter;

import java.util.Map;

/**
 * What went wrong while an event was handled; routes see it as {@code failure}.
 *
 * @param reportable whether there is a resource and a generation to report about, and the report itself did not fail
 * @param deleting whether the resource is being deleted
 * @param available whether the adapter was available at this generation: not being able to look is no reason to tear a
 * Ready cluster down
 * @param applied status of Applied as it was reported last: True or False
 * @param appliedReason reason of Applied as it was reported last, where that was True
 * @param availableReason reason of Available as it was reported last, where that was True
 * @param data what stays reported, null when nothing does
 * @param message what went wrong, and what to do about it
 */
public record Failure(boolean reportable, boolean deleting, boolean available, String applied, String appliedReason,
    String availableReason, Map<?, ?> data, String message) {}
