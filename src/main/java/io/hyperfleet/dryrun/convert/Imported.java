package io.hyperfleet.dryrun.convert;

import java.util.List;
import java.util.Map;

/**
 * An imported adapter.
 *
 * @param name its name
 * @param definition content of {@code adapter.yaml}
 * @param manifests contents of its manifests by file name
 * @param todos remaining manual work by file name
 * @param originals texts that could not be converted, by the names of the files that are to take their places
 * @param report the result for each part
 */
public record Imported(String name, Map<String, Object> definition, Map<String, Object> manifests,
    Map<String, List<String>> todos, Map<String, String> originals, ImportReport report) {}
