package io.hyperfleet.api;

import io.hyperfleet.announcement.Announcement;
import io.hyperfleet.announcement.Announcements;
import io.hyperfleet.auth.Caller;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.revision.Revisions;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Receives the announcements of processes that run adapters, and the requested content of revisions. */
@RestController
@RequestMapping("/api/hyperfleet/v1/announcements/{announcer}")
@ConditionalOnRole(Role.API)
class AnnouncementController {

  private static final Pattern ANNOUNCER = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?");

  private final Announcements announcements;
  private final Revisions revisions;
  private final RequestBodies bodies;

  AnnouncementController(Announcements announcements, Revisions revisions, RequestBodies bodies) {
    this.announcements = announcements;
    this.revisions = revisions;
    this.bodies = bodies;
  }

  @PutMapping
  ResponseEntity<?> put(@PathVariable String announcer, HttpServletRequest request) throws IOException {
    var announcement = Announcement.parse(bodies.object(request));
    announcements.put(checked(announcer), announcement);
    var lacking = revisions.announced(announcement, Caller.name());
    return lacking.isEmpty()
        ? ResponseEntity.noContent().build()
        : ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Map.of("lacking", lacking));
  }

  @PutMapping("/revisions/{adapter}/{digest}")
  ResponseEntity<?> complete(@PathVariable String announcer, @PathVariable String adapter, @PathVariable String digest,
      HttpServletRequest request) {
    checked(announcer);
    var body = bodies.verbatim(request);
    revisions.complete(adapter, digest, body.text(), body.object());
    return ResponseEntity.noContent().build();
  }

  @DeleteMapping
  ResponseEntity<?> delete(@PathVariable String announcer) {
    announcements.delete(checked(announcer));
    return ResponseEntity.noContent().build();
  }

  private static String checked(String announcer) {
    if (!ANNOUNCER.matcher(announcer).matches()) {
      throw Problem
          .invalid(new FieldError("announcer", "announcer must be at most 128 lower-case letters, digits, '.' and "
              + "'-', and start and end with a letter or digit", null, "pattern"));
    }
    return announcer;
  }
}
