package io.hyperfleet.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.CommandLineRunner;

/**
 * A process of its own, with a small heap: 64 workers of a greedy adapter evaluate beside one of a normal adapter.
 * Prints how often each ended how.
 */
final class GreedyNeighbours implements CommandLineRunner {

  static final String GREEDY = "size(lists.range(10000).map(i, adapter.parameters.big + string(i))) < 0";
  static final String NORMAL = "lists.range(600).map(i, 'item-' + string(i)).join(',').size() == 5289";
  static final int EVALUATIONS = 40;
  private static final int WORKERS = 64;

  @Override
  public void run(String... arguments) throws InterruptedException {
    var engine = new CelEngine();
    var greedy = engine.ofAnother().compile(GREEDY);
    var normal = engine.ofAnother().compile(NORMAL);
    Map<String, Object> variables = Map.of("adapter", Map.of("parameters", Map.of("big", "x".repeat(60_000))));
    var over = new AtomicBoolean();
    var limited = new AtomicInteger();
    var odd = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      var worker = new Thread(() -> {
        do {
          try {
            greedy.evaluate(variables);
            odd.incrementAndGet();
          } catch (CelEvaluationException e) {
            (e.isLimit() ? limited : odd).incrementAndGet();
          }
        } while (!over.get());
      });
      worker.start();
      workers.add(worker);
    }
    int done = 0;
    for (int i = 0; i < EVALUATIONS; i++) {
      done += normal.test(variables) ? 1 : 0;
    }
    over.set(true);
    for (Thread worker : workers) {
      worker.join();
    }
    System.out.printf("normal %d, greedy %s, odd %d%n", done, limited.get() >= WORKERS ? "limited" : limited.get(),
        odd.get());
  }
}
