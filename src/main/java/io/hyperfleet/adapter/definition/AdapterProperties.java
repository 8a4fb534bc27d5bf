package io.hyperfleet.adapter.definition;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The adapters of this process.
 *
 * @param location Directory with one folder per adapter, such as a mounted ConfigMap. Its adapters add to the built-in
 * ones, or replace those with the same name. A broken folder is reported by /readyz and does not affect the others.
 * None when empty.
 * @param enabled Names of the adapters to run; all of them when empty. An unknown name, without even a broken folder,
 * aborts the start.
 * @param objectHint Whether an adapter processes a resource as soon as one of its objects changes state, such as a Job
 * that finishes, instead of with the next event.
 * @param fresh How long the last report of an available adapter stays fresh: an event within this time is acknowledged
 * without a new report unless something that the adapter reads has changed. Also read by the API. 0 processes and
 * reports every event.
 * @param announceInterval How often this process announces its adapters to the API. At most 20 seconds: after 45
 * seconds without an announcement the API considers the process gone.
 * @param jobHistory How long a finished Job is kept once the Job of a later generation has succeeded.
 */
@Validated
@ConfigurationProperties("hyperfleet.adapters")
public record AdapterProperties(@DefaultValue("") String location, @DefaultValue List<String> enabled,
    @DefaultValue("true") boolean objectHint, @DefaultValue("30s") Duration fresh,
    @DefaultValue("15s") @DurationMin(millis = 100) @DurationMax(seconds = 20) Duration announceInterval,
    @DefaultValue("7d") Duration jobHistory) {

  /** Whether this process is to run the adapter. */
  public boolean runs(String name) {
    return enabled.isEmpty() || enabled.contains(name);
  }

  /** The directory of {@code location}, given with or without {@code file:}; absent when there is none. */
  public Optional<Path> directory() {
    return location.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(location.strip().replaceFirst("^file:(//)?", "")));
  }
}
