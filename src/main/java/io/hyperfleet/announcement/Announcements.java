package io.hyperfleet.announcement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.sql.Columns;
import io.hyperfleet.sql.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Keeps announcements of processes. A process without an announcement for 45 seconds, three heartbeats, is not alive;
 * after a day it is forgotten. An adapter is suspended if every live process that announces it says so.
 */
@Repository
@ConditionalOnRole(Role.API)
public class Announcements {

  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
  private static final String PUT = SqlFile.read("announcement-put");
  private static final String DELETE = SqlFile.read("announcement-delete");
  private static final String LIST = SqlFile.read("announcement-list");
  private static final String PURGE = SqlFile.read("announcement-purge");
  private static final String NOTE_REPORTS = SqlFile.read("adapter-reports-note");
  private static final String LIST_REPORTS = SqlFile.read("adapter-reports-list");
  private static final TypeReference<List<BrokenPart>> BROKEN = new TypeReference<>() {};
  /** Names that adapters report under are theirs to choose. */
  private static final int MOST_REPORTERS = 1_000;

  private final JdbcClient jdbc;
  private final ObjectMapper json;
  private final SuspendedAdapters suspended;
  private final Map<String, Instant> reports = new ConcurrentHashMap<>();

  Announcements(JdbcClient jdbc, ObjectMapper json, SuspendedAdapters suspended) {
    this.jdbc = jdbc;
    this.json = json;
    this.suspended = suspended;
  }

  /** Takes what a process announces in the place of what it announced before. */
  public void put(String announcer, Announcement announcement) {
    var adapters = announcement.adapters();
    jdbc.sql(PUT)
        .param("announcer", announcer)
        .param("version", announcement.version())
        .param("names", texts(adapters, Announcement.Adapter::name))
        .param("kinds", texts(adapters, Announcement.Adapter::kind))
        .param("templates", texts(adapters, Announcement.Adapter::template))
        .param("digests", texts(adapters, Announcement.Adapter::digest))
        .param("suspended", adapters.stream().map(Announcement.Adapter::suspended).toArray(Boolean[]::new))
        .param("broken", texts(adapters, adapter -> adapter.broken().isEmpty() ? null : text(adapter.broken())))
        .param("inWaves", adapters.stream().map(Announcement.Adapter::inWaves).toArray(Boolean[]::new))
        .param("unusable", texts(adapters, adapter -> adapter.unusable().isEmpty() ? null : text(adapter.unusable())))
        .update();
    if (adapters.stream()
        .anyMatch(adapter -> adapter.suspended() != suspended.names().contains(adapter.name()))) {
      refresh();
    }
  }

  /** A process has ended. */
  public void delete(String announcer) {
    jdbc.sql(DELETE).param("announcer", announcer).update();
  }

  /** What every process says, by adapter, the latest first. */
  public List<AnnouncedAdapter> all() {
    return jdbc.sql(LIST).query(this::announced).list();
  }

  /** When each adapter was last heard of. */
  public Map<String, Instant> lastReports() {
    var last = new LinkedHashMap<String, Instant>();
    jdbc.sql(LIST_REPORTS).query(row -> {
      last.put(row.getString("adapter"), Columns.instant(row, "last_report_time"));
    });
    return last;
  }

  /** Notes that an adapter has been heard of; {@link #refresh} writes it down. */
  public void reported(String adapter, Instant time) {
    if (reports.size() < MOST_REPORTERS || reports.containsKey(adapter)) {
      reports.put(adapter, time);
    }
  }

  /** Reads which adapters are suspended now, and records which have reported since the last time. */
  public void refresh() {
    var now = all().stream().filter(AnnouncedAdapter::living)
        .collect(Collectors.groupingBy(AnnouncedAdapter::name,
            Collectors.reducing(true, AnnouncedAdapter::suspended, Boolean::logicalAnd)))
        .entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey).collect(Collectors.toSet());
    if (!now.equals(suspended.names())) {
      LOG.info("suspended adapters: {}", now);
      suspended.are(now);
    }
    if (!reports.isEmpty()) {
      var noted = Map.copyOf(reports);
      jdbc.sql(NOTE_REPORTS)
          .param("adapters", noted.keySet().toArray(String[]::new))
          .param("times", noted.keySet().stream().map(noted::get).map(Columns::text).toArray(String[]::new))
          .update();
      noted.forEach(reports::remove);
    }
  }

  /** Forgets processes that have not been heard of for a day. */
  public void purge() {
    jdbc.sql(PURGE).update();
  }

  private static String[] texts(List<Announcement.Adapter> adapters, Function<Announcement.Adapter, String> column) {
    return adapters.stream().map(column).toArray(String[]::new);
  }

  private String text(List<?> parts) {
    try {
      return json.writeValueAsString(parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private AnnouncedAdapter announced(ResultSet row, int number) throws SQLException {
    var broken = row.getString("broken");
    try {
      return new AnnouncedAdapter(row.getString("name"), row.getString("kind"), row.getString("template"),
          row.getString("digest"), row.getBoolean("suspended"),
          broken == null ? List.of() : json.readValue(broken, BROKEN), row.getBoolean("in_waves"),
          Columns.instant(row, "announced_time"),
          row.getBoolean("living"));
    } catch (JsonProcessingException e) {
      throw new DataRetrievalFailureException("a JSON column does not hold what this version wrote", e);
    }
  }
}
