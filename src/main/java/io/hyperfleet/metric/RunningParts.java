package io.hyperfleet.metric;

import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Which parts run here, of which release. */
@Component
class RunningParts implements MetricSource {

  private final List<RunningPart> parts;
  private final String commit;
  private volatile boolean stopping;

  RunningParts(ObjectProvider<RunningPart> parts, ObjectProvider<BuildProperties> build) {
    this.parts = parts.orderedStream().toList();
    var built = build.getIfAvailable();
    this.commit = built == null || built.get("commit") == null ? "unknown" : built.get("commit");
  }

  @EventListener(ContextClosedEvent.class)
  void stops() {
    stopping = true;
  }

  @Override
  public List<Sample> samples() {
    var samples = new ArrayList<Sample>();
    for (RunningPart part : parts) {
      for (String component : part.components().get()) {
        samples.add(Sample.of(part.buildInfo(), 1, info(part, component)));
        if (part.up() != null) {
          samples.add(Sample.of(part.up(), stopping ? 0 : 1, component));
        }
      }
    }
    return samples;
  }

  private String[] info(RunningPart part, String component) {
    return part.buildInfo().tags().contains("java_version")
        ? new String[] {component, commit, Runtime.version().toString()} : new String[] {component, commit};
  }
}
