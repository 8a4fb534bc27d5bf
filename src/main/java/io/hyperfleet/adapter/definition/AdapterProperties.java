package io.hyperfleet.adapter.definition;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The adapters of this process.
 *
 * @param location Directory with one folder an adapter, such as a mounted ConfigMap. Its adapters add to the built-in
 * ones and replace them by name; a folder that is broken is named by /readyz and leaves the others alone. None when
 * empty.
 * @param enabled Names of the adapters to run; all of them when empty. A name that there is not even a broken folder of
 * stops the start.
 * @param jobHint Whether a Job that ends, and anything else that an adapter made and whose state changes, is looked at
 * at once. Without it the next event does.
 * @param fresh How long an adapter that is available need not look again: an event within that time of its last report
 * is acknowledged without a report, as long as nothing has changed of what the adapter looked at. The API reads it too.
 * 0 always looks and reports.
 * @param announceInterval How often this process tells the API which adapters it runs. After 45 seconds of silence the
 * API takes it for gone.
 * @param jobHistory How long after its end a Job is kept once a later generation's has succeeded.
 */
@ConfigurationProperties("hyperfleet.adapters")
public record AdapterProperties(@DefaultValue("") String location, @DefaultValue List<String> enabled,
    @DefaultValue("true") boolean jobHint, @DefaultValue("30s") Duration fresh,
    @DefaultValue("15s") Duration announceInterval, @DefaultValue("7d") Duration jobHistory) {

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
