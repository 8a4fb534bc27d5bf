package io.hyperfleet.metric;

import io.hyperfleet.role.Release;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Which parts run here, of which release. */
@Component
class RunningComponents implements MetricSource {

  private final List<RunningComponent> parts;
  private volatile boolean stopping;

  RunningComponents(ObjectProvider<RunningComponent> parts) {
    this.parts = parts.orderedStream().toList();
  }

  @EventListener(ContextClosedEvent.class)
  void stops() {
    stopping = true;
  }

  @Override
  public List<Sample> samples() {
    var samples = new ArrayList<Sample>();
    for (RunningComponent part : parts) {
      for (String component : part.components().get()) {
        samples.add(Sample.of(part.buildInfo(), 1, info(part, component)));
        if (part.up() != null) {
          samples.add(Sample.of(part.up(), stopping ? 0 : 1, component));
        }
      }
    }
    return samples;
  }

  private String[] info(RunningComponent part, String component) {
    return part.buildInfo().tags().contains("java_version")
        ? new String[]{component, Release.commit(), Runtime.version().toString()}
        : new String[]{component, Release.commit()};
  }
}
