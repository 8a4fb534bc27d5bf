package io.hyperfleet.status;

import io.hyperfleet.json.JsonEquality;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a report is progress, so that other adapters get an event at once instead of with the Sentinel's next
 * request. Reports of any adapter count. At most 10 + 2 x required adapters such events per resource and minute.
 */
public final class Progress {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private Progress() {}

  /**
   * The rate limit's state: how many progress events were written since the window began.
   *
   * @param start null if there was none yet
   */
  public record Window(Instant start, int count) {

    /** The window after one more event, or null when the limit is reached. */
    public Window take(Instant now, int requiredAdapters) {
      if (start == null || !now.isBefore(start.plus(WINDOW))) {
        return new Window(now, 1);
      }
      return count < 10 + 2 * requiredAdapters ? new Window(start, count + 1) : null;
    }
  }

  /**
   * Whether a report is progress.
   *
   * @param before the adapter's previous report, or null
   * @param after the report as stored
   * @param unfinished whether the resource, after the report, is not Ready, or is being deleted and still there
   */
  public static boolean made(AdapterStatus before, AdapterStatus after, boolean unfinished) {
    return unfinished && (answerChanged(before, after) || finalizedNow(before, after));
  }

  private static boolean answerChanged(AdapterStatus before, AdapterStatus after) {
    var was = before == null ? null : before.lastDefinitive();
    var is = after.lastDefinitive();
    var wasTrue = was != null && was.available();
    var isTrue = is != null && is.available();
    if (!wasTrue || !isTrue) {
      return wasTrue != isTrue;
    }
    return is.observedGeneration() > was.observedGeneration() || !JsonEquality.same(is.data(), was.data());
  }

  private static boolean finalizedNow(AdapterStatus before, AdapterStatus after) {
    return after.finalizedAt(after.observedGeneration())
        && (before == null || !before.finalizedAt(after.observedGeneration()));
  }
}
