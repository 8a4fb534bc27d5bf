package io.hyperfleet.adapter;

import java.util.Map;

/**
 * A failure in handling an event; routes see it as {@code failure}.
 *
 * @param reportable whether the resource and generation are known, and the failure is not that of sending the report
 * @param deleting whether the resource is being deleted
 * @param available whether the adapter was available at this generation: an outage must not make a Ready cluster
 * NotReady
 * @param applied status of Applied as it was reported last: True or False
 * @param appliedReason reason of Applied as it was reported last, where that was True
 * @param availableReason reason of Available as it was reported last, where that was True
 * @param data data that stays reported, null if there is none
 * @param message what went wrong, and what to do about it
 */
public record Failure(boolean reportable, boolean deleting, boolean available, String applied, String appliedReason,
    String availableReason, Map<?, ?> data, String message) {}
