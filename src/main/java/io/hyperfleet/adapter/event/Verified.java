package io.hyperfleet.adapter.event;

import java.util.List;
import java.util.Map;

/**
 * The result of evaluating an adapter's definition for its objects; routes see it as {@code verified}.
 *
 * @param resources the objects by their names in the definition, including discovered ones
 * @param unmet objects that are not yet rolled out, and the names of unmet postconditions
 * @param failed errors in evaluating expressions
 * @param unusable whether an object cannot be read, since an expression yields an invalid name or label
 * @param data data to report, empty until all postconditions are met
 * @param cleanUp whether there may be Jobs that are no longer needed
 * @param message what it waits for, or the errors; empty if all postconditions are met
 */
public record Verified(Map<String, Object> resources, List<String> unmet, List<String> failed, boolean unusable,
    Map<String, Object> data, boolean cleanUp, String message) {}
