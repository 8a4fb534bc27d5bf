package io.hyperfleet.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.local.LocalFleet;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Values of one measurement, and what they were measured on. */
final class Measurements {

  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** The value that a given percentage of all values do not exceed. */
  double percentile(int percent) {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.ceil(percent / 100.0 * sorted.size()) - 1);
  }

  /** Medians of rates and of their pairs, with the spread of ours. */
  private static Map<String, Object> compared(Measurements reference, Measurements ours) {
    var ratios = new Measurements();
    for (int i = 0; i < ours.values.size(); i++) {
      ratios.add(rounded(ours.values.get(i) / reference.values.get(i)));
    }
    var result = new LinkedHashMap<String, Object>();
    result.put("reference_median", reference.percentile(50));
    result.put("median", ours.percentile(50));
    result.put("lowest", ours.percentile(1));
    result.put("highest", ours.percentile(100));
    result.put("ratio_median", ratios.percentile(50));
    return result;
  }

  /** The reference and ours in turn, and how they compare. */
  static Map<String, Object> pairs(int pairs, Callable<Double> reference, Callable<Double> ours) throws Exception {
    var referenceValues = new Measurements();
    var ourValues = new Measurements();
    for (int pair = 0; pair < pairs; pair++) {
      referenceValues.add(reference.call());
      ourValues.add(ours.call());
    }
    return compared(referenceValues, ourValues);
  }

  /** A connection of one's own to the database of a fleet. */
  static Connection connection(LocalFleet fleet) throws SQLException {
    return DriverManager.getConnection(fleet.property("spring.datasource.url"),
        fleet.property("spring.datasource.username"), fleet.property("spring.datasource.password"));
  }

  /** Two digits behind the point are enough. */
  static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }

  static double millis(long nanos) {
    return rounded(nanos / 1e6);
  }

  static Map<String, Object> environment(LocalFleet fleet) {
    var environment = new LinkedHashMap<String, Object>();
    environment.put("postgresql",
        fleet.context().getBean(JdbcClient.class).sql("SHOW server_version").query(String.class).single());
    environment.put("broker", System.getenv("PUBSUB_EMULATOR_HOST") == null ? "in process" : "emulator");
    environment.put("kubernetes", System.getenv("KUBECONFIG") == null ? "in process, simulated" : "cluster");
    environment.put("cores", Runtime.getRuntime().availableProcessors());
    environment.put("jdk", Runtime.version().toString());
    return environment;
  }

  static String json(Map<String, Object> result) throws JsonProcessingException {
    return new ObjectMapper().writeValueAsString(result);
  }
}
