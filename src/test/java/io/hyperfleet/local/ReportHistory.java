package io.hyperfleet.local;

import java.util.ArrayList;
import java.util.Comparator;
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

/**
 * Every report that the adapters of a fleet have sent: heard where the route sends it, so that none is missed. They are
 * in the order in which their sending began, and there once they are answered: of two, the one that made the other
 * possible comes first.
 */
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

  private record Sent(long began, Report report) {}

  private final List<Sent> reports = new CopyOnWriteArrayList<>();

  @Override
  public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target,
      Processor next) {
    return !"put-status".equals(node.getId()) ? target : new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        long began = System.nanoTime();
        return super.process(exchange, doneSync -> {
          if (exchange.getException() == null) {
            sent(exchange, began);
          }
          callback.done(doneSync);
        });
      }
    };
  }

  /** A report on a resource that could not be fetched has an event only. */
  private void sent(Exchange exchange, long began) {
    var event = exchange.getVariable("event", Map.class);
    var report = exchange.getVariable("report", Map.class);
    reports.add(new Sent(began, new Report((String) report.get("adapter"), (String) event.get("id"),
        ((Number) report.get("observed_generation")).longValue(), exchange.getVariable("conditions", String.class))));
  }

  /** Everything so far, oldest first. */
  public List<Report> all() {
    return reports.stream().sorted(Comparator.comparingLong(Sent::began)).map(Sent::report).toList();
  }

  /** What an adapter said, as {@code generation: Applied/Available/Health}, repetitions in a row left out. */
  public List<String> of(String adapter) {
    var said = new ArrayList<String>();
    for (Report report : all()) {
      var line = report.generation() + ": " + report.statuses();
      if (report.adapter().equals(adapter) && (said.isEmpty() || !said.get(said.size() - 1).equals(line))) {
        said.add(line);
      }
    }
    return said;
  }

  /** Where the first report of an adapter stands that reads so. */
  public int indexOf(String adapter, long generation, String statuses) {
    var all = all();
    for (int i = 0; i < all.size(); i++) {
      var report = all.get(i);
      if (report.adapter().equals(adapter) && report.generation() == generation && report.statuses().equals(statuses)) {
        return i;
      }
    }
    return -1;
  }
}
