package io.hyperfleet.dryrun.convert;

import java.util.List;
import java.util.Map;

/**
 * An adapter that was imported.
 *
 * @param name its name
 * @param definition what {@code adapter.yaml} holds
 * @param manifests what its manifests hold, by the names of their files
 * @param todos what is to be finished, by the names of the files
 * @param originals texts that could not be converted, by the names of the files that are to take their places
 * @param report what became of each part
 */
public record Imported(String name, Map<String, Object> definition, Map<String, Object> manifests,
    Map<String, List<String>> todos, Map<String, String> originals, ImportReport report) {}
