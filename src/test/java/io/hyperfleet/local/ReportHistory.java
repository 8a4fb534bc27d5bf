package io.hyperfleet.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Every report that the adapters of a fleet have sent, in order: heard where the route sends it, so that none is missed. */
public class ReportHistory implements InterceptStrategy {

  /** One report. */
  public record Report(String adapter, String id, long generation, String conditions) {

    /** Applied, Available and Health as in {@code True/Unknown/True}. */
    public String statuses() {
      var words = new ArrayList<String>();
      for (String condition : conditions.split(", ")) {
        words.add(condition.replaceFirst("^[A-Za-z]+=(\\w+) .*$", "$1"));
      }
      return String.join("/", words);
    }
  }

  private final List<Report> reports = new CopyOnWriteArrayList<>();

  @Override
  public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target,
      Processor next) {
    return !"put-status".equals(node.getId()) ? target : new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        return super.process(exchange, doneSync -> {
          if (exchange.getException() == null) {
            sent(exchange);
          }
          callback.done(doneSync);
        });
      }
    };
  }

  private void sent(Exchange exchange) {
    var resource = (Map<?, ?>) exchange.getVariable("resource");
    reports.add(new Report((String) exchange.getVariable("adapterName"), (String) resource.get("id"),
        ((Number) resource.get("generation")).longValue(), (String) exchange.getVariable("conditions")));
  }

  /** Everything so far, oldest first. */
  public List<Report> all() {
    return List.copyOf(reports);
  }

  /** What an adapter said, as {@code generation: Applied/Available/Health}, repetitions in a row left out. */
  public List<String> of(String adapter) {
    var said = new ArrayList<String>();
    for (Report report : reports) {
      var line = report.generation() + ": " + report.statuses();
      if (report.adapter().equals(adapter) && (said.isEmpty() || !said.get(said.size() - 1).equals(line))) {
        said.add(line);
      }
    }
    return said;
  }

  /** Where the first report of an adapter stands that reads so. */
  public int indexOf(String adapter, long generation, String statuses) {
    for (int i = 0; i < reports.size(); i++) {
      var report = reports.get(i);
      if (report.adapter().equals(adapter) && report.generation() == generation && report.statuses().equals(statuses)) {
        return i;
      }
    }
    return -1;
  }
}
