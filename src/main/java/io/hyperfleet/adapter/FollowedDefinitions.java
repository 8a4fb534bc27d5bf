package io.hyperfleet.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.adapter.definition.AdapterDefinition;
import io.hyperfleet.adapter.definition.AdapterLoader;
import io.hyperfleet.adapter.definition.RevisionFolder;
import io.hyperfleet.adapter.event.Fetched;
import io.hyperfleet.adapter.event.Followed;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.template.AdapterTemplates;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.json.WholeNumbers;
import io.hyperfleet.policy.ManifestRules;
import io.hyperfleet.revision.Revision;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Holds other revisions of adapters than those of their folders, which some resources follow: a few of each adapter,
 * and none that nobody has asked for in half an hour. Their content comes from the API, and is held to its digest and
 * to the policy like a file. One that cannot be loaded is told to the API, and nothing is done by it, nor by any other
 * in its place.
 */
@Component
@ConditionalOnRole(Role.ADAPTERS)
public class FollowedDefinitions {

  private static final Logger LOG = LoggerFactory.getLogger(FollowedDefinitions.class);
  private static final int MOST_OF_AN_ADAPTER = 3;
  private static final Duration UNUSED = Duration.ofMinutes(30);
  /** A release that can load it, or another policy, comes with another process; content may still come. */
  private static final Duration UNUSABLE = Duration.ofMinutes(1);
  private static final int LONGEST_MESSAGE = 1_000;
  private static final ObjectMapper JSON = WholeNumbers.mapper();

  private final AdapterRegistry adapters;
  private final CelEngine engine;
  private final AdapterTemplates templates;
  private final ManifestRules rules;
  private final Clock clock;
  /** By adapter and digest, the one that was asked for last at the end. */
  private final Map<Key, Held> held = new LinkedHashMap<>(16, 0.75F, true);

  private record Key(String adapter, String digest) {}

  /**
   * What there is of a revision.
   *
   * @param definition null where it cannot be used
   * @param message why not, or null
   * @param time when it was asked for last; of one that cannot be used, when that was found
   */
  private record Held(AdapterDefinition definition, String message, Instant time) {}

  @Autowired
  FollowedDefinitions(AdapterRegistry adapters, CelEngine engine, AdapterTemplates templates, ManifestRules rules) {
    this(adapters, engine, templates, rules, Clock.systemUTC());
  }

  FollowedDefinitions(AdapterRegistry adapters, CelEngine engine, AdapterTemplates templates, ManifestRules rules,
      Clock clock) {
    this.adapters = adapters;
    this.engine = engine;
    this.templates = templates;
    this.rules = rules;
    this.clock = clock;
  }

  /** What this process holds of the revision that the API has answered. */
  public Followed find(@Variable("adapterName") String adapter, @Variable("fetched") Fetched fetched) {
    var key = new Key(adapter, fetched.revision());
    var now = clock.instant();
    synchronized (held) {
      held.values().removeIf(one -> one.time().isBefore(now.minus(one.definition() == null ? UNUSABLE : UNUSED)));
      var found = held.get(key);
      if (found != null && found.definition() != null) {
        held.put(key, new Held(found.definition(), null, now));
      }
      return new Followed(key.digest(), found == null ? null : found.definition(), found != null);
    }
  }

  /** GET of its content. */
  public void address(Exchange exchange, @Variable("adapterName") String adapter,
      @Variable("followed") Followed followed) {
    var in = exchange.getIn();
    in.removeHeaders("*");
    in.setBody(null);
    in.setHeader(Exchange.HTTP_METHOD, HttpMethods.GET);
    in.setHeader(Exchange.HTTP_PATH, "/adapters/" + adapter + "/revisions/" + followed.digest());
  }

  /** Loads what the API has answered. */
  public void hold(@Body String answer, @Variable("adapterName") String adapter,
      @Variable("followed") Followed followed) throws JsonProcessingException {
    var content = JSON.readTree(answer).path("content");
    if (!content.isObject()) {
      unusable(adapter, followed.digest(), "the API does not have its content");
      return;
    }
    var problems = new AdapterProblems(adapter);
    var loaded = load(adapter, Revision.of(JSON.convertValue(content, TreeMap.class)).content(), problems);
    var running = adapters.definition(adapter);
    if (loaded.isEmpty()) {
      unusable(adapter, followed.digest(), problems.list().stream().map(AdapterProblem::toString)
          .collect(Collectors.joining("; ")));
    } else if (!loaded.get().digest().equals(followed.digest())) {
      unusable(adapter, followed.digest(), "the API's content of it has the digest " + loaded.get().digest());
    } else if (!loaded.get().kind().equals(running.kind()) || !loaded.get().template().equals(running.template())) {
      unusable(adapter, followed.digest(), "it is a " + loaded.get().template().name() + " for " + loaded.get().kind()
          + ", the folder's a " + running.template().name() + " for " + running.kind()
          + "; allowed in a rollout are the same template and kind");
    } else {
      put(adapter, followed.digest(), new Held(loaded.get(), null, clock.instant()));
      LOG.info("{}: holds revision {} too, which some resources follow", adapter, followed.digest());
    }
  }

  private Optional<AdapterDefinition> load(String adapter, String content, AdapterProblems problems) {
    try {
      return AdapterLoader.read(engine, templates, Optional.of(rules), RevisionFolder.of(adapter, content), problems);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("{}: cannot load a revision", adapter, e);
      problems.error(adapter, 0, "", "cannot be loaded: " + e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  /** The API has not answered, or not the content. */
  public void missing(Exchange exchange, @Variable("adapterName") String adapter,
      @Variable("followed") Followed followed) {
    var cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    if (cause instanceof HttpOperationFailedException refused
        && (refused.getStatusCode() == 404 || refused.getStatusCode() == 403)) {
      unusable(adapter, followed.digest(), "the API does not show its content");
    } else {
      LOG.warn("{}: cannot get revision {} now: {}", adapter, followed.digest(), String.valueOf(cause));
    }
  }

  private void unusable(String adapter, String digest, String message) {
    LOG.error("{}: revision {} cannot be used here, and nothing is done about resources that follow it: {}", adapter,
        digest, message);
    put(adapter, digest, new Held(null,
        message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "..." : message, clock.instant()));
  }

  private void put(String adapter, String digest, Held one) {
    synchronized (held) {
      held.put(new Key(adapter, digest), one);
      var all = held.keySet().stream().filter(key -> key.adapter().equals(adapter)).toList();
      all.stream().limit(Math.max(0, all.size() - MOST_OF_AN_ADAPTER)).forEach(held::remove);
    }
  }

  /** The definition by which the event is handled from now on. */
  public AdapterDefinition definition(@Variable("followed") Followed followed) {
    return followed.definition();
  }

  /** Revisions of an adapter that cannot be used here, by their digests, with the reason. */
  Map<String, String> unusable(String adapter) {
    var now = clock.instant();
    var unusable = new TreeMap<String, String>();
    synchronized (held) {
      held.forEach((key, one) -> {
        if (key.adapter().equals(adapter) && one.definition() == null
            && one.time().isAfter(now.minus(UNUSABLE))) {
          unusable.put(key.digest(), one.message());
        }
      });
    }
    return unusable;
  }
}
