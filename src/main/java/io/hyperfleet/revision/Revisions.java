package io.hyperfleet.revision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.announcement.AnnouncedAdapter;
import io.hyperfleet.announcement.Announcement;
import io.hyperfleet.announcement.Announcements;
import io.hyperfleet.kind.AdapterNames;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the revisions of adapters, and which is wanted. The last ten of an adapter are kept, those that a process has
 * or that a resource follows, the wanted one and the one before.
 */
@Repository
@ConditionalOnRole(Role.API)
public class Revisions {

  private static final Logger LOG = LoggerFactory.getLogger(Revisions.class);
  private static final String BASE = "/api/hyperfleet/v1/adapters/";
  private static final String DEFINITION = "adapter.yaml";
  private static final int MOST_FILES = 100;
  private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_.-]{1,100}(/[A-Za-z0-9_.-]{1,100}){0,10}");

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private static final String LACKING = SqlFile.read("revision-lacking");
  private static final String INSERT = SqlFile.read("revision-insert");
  private static final String COMPLETE = SqlFile.read("revision-complete");
  private static final String LIST = SqlFile.read("revision-list");
  private static final String READ = SqlFile.read("revision-read");
  private static final String PURGE = SqlFile.read("revision-purge");
  private static final String WANTED = SqlFile.read("revision-wanted");
  private static final String WANT = SqlFile.read("revision-want");
  private static final String LOCK = SqlFile.read("revision-lock");

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Announcements announcements;
  private final WantedRule rule;

  Revisions(JdbcClient jdbc, TransactionTemplate transaction, Announcements announcements, WantedRule rule) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.announcements = announcements;
    this.rule = rule;
  }

  /**
   * A revision whose content the API does not have.
   *
   * @param digest of the content
   */
  public record Lacking(String adapter, String digest) {}

  /**
   * Notes the revisions that a process announces.
   *
   * @param caller the identity of the process
   * @return those whose content it is asked for
   */
  public List<Lacking> announced(Announcement announcement, String caller) {
    var loaded = announcement.adapters().stream().filter(adapter -> adapter.digest() != null).toList();
    if (loaded.isEmpty()) {
      return List.of();
    }
    var names = loaded.stream().map(Announcement.Adapter::name).toArray(String[]::new);
    var digests = loaded.stream().map(Announcement.Adapter::digest).toArray(String[]::new);
    var lacking = jdbc.sql(LACKING).param("adapters", names).param("digests", digests)
        .query((row, number) -> new Lacking(row.getString("adapter"), row.getString("digest"))).list();
    if (!lacking.isEmpty()) {
      jdbc.sql(INSERT).param("adapters", names).param("digests", digests)
          .param("kinds", loaded.stream().map(Announcement.Adapter::kind).toArray(String[]::new))
          .param("templates", loaded.stream().map(Announcement.Adapter::template).toArray(String[]::new))
          .param("caller", caller)
          .update();
    }
    return lacking;
  }

  /**
   * Takes the content of a revision that a process has announced; where it is known already nothing changes.
   *
   * @param content as of {@link Revision}
   * @param files the same, read
   * @throws Problem {@code VALIDATION} when it is not the content of that digest, or no folder of that adapter; {@code
   *     NOT_FOUND} when nobody has announced the revision
   */
  public void complete(String adapter, String digest, String content, ObjectNode files) {
    if (!Revision.ofContent(content).digest().equals(digest)) {
      throw Problem.invalid(new FieldError("digest", "digest is not the SHA-256 of the content", digest, "format"));
    }
    check(adapter, files);
    if (jdbc.sql(COMPLETE).param("adapter", adapter).param("digest", digest).param("content", content).update() == 0) {
      throw new Problem(ProblemCode.NOT_FOUND, "Nobody has announced that revision of " + adapter);
    }
  }

  private static void check(String adapter, ObjectNode files) {
    var errors = new ArrayList<FieldError>();
    if (files.size() > MOST_FILES) {
      errors.add(new FieldError("files", "at most " + MOST_FILES + " files are allowed", files.size(), "max"));
    }
    files.fieldNames().forEachRemaining(file -> {
      if (!FILE.matcher(file).matches() || file.contains("..")) {
        errors
            .add(new FieldError("files", "the name of a file is a path of letters, digits, '.', '_' and '-' inside of "
                + "the folder", null, "pattern"));
      }
    });
    JsonNode name = files.path(DEFINITION).path("metadata").path("name");
    if (!adapter.equals(name.textValue())) {
      errors.add(new FieldError("files", DEFINITION + " must have metadata.name " + adapter, null, "required"));
    }
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors);
    }
  }

  /** The revisions of an adapter, the wanted one first, then those that were wanted or seen last; without content. */
  public List<KnownRevision> list(String adapter) {
    return jdbc.sql(LIST).param("adapter", adapter).query(Revisions::known).list();
  }

  /** One of them, with its content where that is known. */
  public Optional<KnownRevision> read(String adapter, String digest) {
    return AdapterNames.isName(adapter) && DIGEST.matcher(digest).matches()
        ? jdbc.sql(READ).param("adapter", adapter).param("digest", digest).query(Revisions::known).optional()
        : Optional.empty();
  }

  /** What is wanted of each adapter. */
  public Map<String, WantedRevision> wanted() {
    var wanted = new HashMap<String, WantedRevision>();
    jdbc.sql(WANTED).query(row -> {
      wanted.put(row.getString("adapter"),
          new WantedRevision(row.getString("digest"), row.getString("previous_digest")));
    });
    return wanted;
  }

  /** Looks at the processes, and makes a revision wanted that all of them have. */
  public void decide() {
    if (!changed().isEmpty()) {
      transaction.executeWithoutResult(status -> {
        lock();
        changed().forEach((adapter, change) -> {
          if (!rule.holds(adapter, change.next().digest(), change.inWaves())) {
            want(adapter, change.next().digest(), change.next().previous());
            rule.changed(adapter, change.kind(), change.now(), change.next(), change.inWaves());
          }
        });
      });
    }
  }

  /** One process at a time decides what is wanted, by what it sees once it may; until the transaction ends. */
  public void lock() {
    jdbc.sql(LOCK).query().listOfRows();
  }

  /** Makes a revision wanted, in a transaction that has the lock. */
  public void want(String adapter, String digest, String previous) {
    jdbc.sql(WANT).param("adapter", adapter).param("digest", digest).param("previous", previous).update();
    LOG.info("adapter {}: revision {} is wanted, {} was before", adapter, digest,
        previous == null ? "none" : previous);
  }

  private record Change(String kind, WantedRevision now, WantedRevision next, boolean inWaves) {}

  private Map<String, Change> changed() {
    var announced = new TreeMap<String, List<AnnouncedAdapter>>();
    announcements.all().stream().filter(AnnouncedAdapter::living)
        .forEach(one -> announced.computeIfAbsent(one.name(), name -> new ArrayList<>()).add(one));
    var wanted = wanted();
    var changed = new LinkedHashMap<String, Change>();
    announced.forEach((adapter, living) -> {
      var now = wanted.get(adapter);
      var next = WantedRevision.next(now, living.stream().map(AnnouncedAdapter::digest).toList());
      if (next != now) {
        changed.put(adapter, new Change(living.get(0).kind(), now, next,
            living.stream().anyMatch(AnnouncedAdapter::inWaves)));
      }
    });
    return changed;
  }

  /** Forgets revisions that nobody needs any more. */
  public void purge() {
    jdbc.sql(PURGE).update();
  }

  private static KnownRevision known(ResultSet row, int number) throws SQLException {
    var adapter = row.getString("adapter");
    var digest = row.getString("digest");
    return new KnownRevision(adapter, digest, BASE + adapter + "/revisions/" + digest, row.getString("kind"),
        row.getString("template"), Columns.instant(row, "first_seen_time"), row.getString("first_seen_by"),
        Columns.instant(row, "last_wanted_time"), row.getBoolean("wanted"), row.getBoolean("previous"),
        row.getInt("announcers"), row.getBoolean("complete"), row.getString("content"));
  }
}
