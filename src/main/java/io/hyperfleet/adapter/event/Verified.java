package io.hyperfleet.adapter.event;

import java.util.List;
import java.util.Map;

/**
 * What an adapter's definition says about the objects that it made; routes see it as {@code verified}.
 *
 * @param resources the objects by the names of the definition, those of others that it reads among them
 * @param unmet what is not yet rolled out, and the names of the postconditions that are not met
 * @param failed which expressions cannot be evaluated, and why
 * @param unusable whether an object cannot be read since nothing in Kubernetes can have the name or label that an
 * expression gave
 * @param data what the adapter reports about them, empty until all is as wanted
 * @param cleanUp whether there may be Jobs that are no longer needed
 * @param message what is still waited for or cannot be evaluated; empty when all is as wanted
 */
public record Verified(Map<String, Object> resources, List<String> unmet, List<String> failed, boolean unusable,
    Map<String, Object> data, boolean cleanUp, String message) {}
