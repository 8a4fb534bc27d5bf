package io.hyperfleet.resource;

import io.hyperfleet.status.AdapterStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A resource with its reports, from one statement.
 *
 * @param reports ordered by adapter; null when they were not asked for
 * @param time the database's clock
 */
public record ResourceSnapshot(Resource resource, List<AdapterStatus> reports, Instant time) {

  Map<String, AdapterStatus> reportsByAdapter() {
    var byAdapter = new LinkedHashMap<String, AdapterStatus>();
    reports.forEach(report -> byAdapter.put(report.adapter(), report));
    return byAdapter;
  }
}
