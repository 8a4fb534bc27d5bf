package io.hyperfleet.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.SqlFile;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the stored revisions say of their rollouts. */
@Component
@ConditionalOnRole(Role.API)
class RolloutPlans {

  private static final Logger LOG = LoggerFactory.getLogger(RolloutPlans.class);
  private static final String CONTENT = SqlFile.read("rollout-content");
  private static final ObjectMapper JSON = WholeNumbers.mapper();
  private static final int MOST = 1_000;

  private final JdbcClient jdbc;
  private final CelEngine engine;
  /** A digest's content never changes. */
  private final Map<String, Optional<RolloutPlan>> plans = new ConcurrentHashMap<>();

  RolloutPlans(JdbcClient jdbc, CelEngine engine) {
    this.jdbc = jdbc;
    this.engine = engine.ofAnother();
  }

  /** Whether the content of a revision is known. */
  boolean isKept(String adapter, String digest) {
    return content(adapter, digest).isPresent();
  }

  /** The rollout that a revision declares; empty where it declares none, or its content is not known. */
  Optional<RolloutPlan> plan(String adapter, String digest) {
    var known = plans.get(digest);
    if (known != null) {
      return known;
    }
    var content = content(adapter, digest);
    var plan = content.flatMap(this::parse);
    if (content.isPresent()) {
      if (plans.size() >= MOST) {
        plans.clear();
      }
      plans.put(digest, plan);
    }
    return plan;
  }

  private Optional<String> content(String adapter, String digest) {
    return jdbc.sql(CONTENT).param("adapter", adapter).param("digest", digest).query(String.class).list().stream()
        .filter(text -> text != null).findFirst();
  }

  /** Whoever announces adapters has sent it; that a process loads it is another thing. */
  private Optional<RolloutPlan> parse(String content) {
    try {
      return JSON.readValue(content, Object.class) instanceof Map<?, ?> files
          && files.get("adapter.yaml") instanceof Map<?, ?> file && file.get("spec") instanceof Map<?, ?> spec
              ? RolloutPlan.of(spec, engine)
              : Optional.empty();
    } catch (JsonProcessingException | RuntimeException e) {
      LOG.warn("a revision declares a rollout that cannot be read: {}", e.toString());
      return Optional.empty();
    }
  }
}
