package io.hyperfleet.api;

import io.hyperfleet.announcement.Announcement;
import io.hyperfleet.announcement.Announcements;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes what processes say of the adapters that they run. */
@RestController
@RequestMapping("/api/hyperfleet/v1/announcements/{announcer}")
@ConditionalOnRole(Role.API)
class AnnouncementController {

  private static final Pattern ANNOUNCER = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,126}[a-z0-9])?");

  private final Announcements announcements;
  private final RequestBodies bodies;

  AnnouncementController(Announcements announcements, RequestBodies bodies) {
    this.announcements = announcements;
    this.bodies = bodies;
  }

  @PutMapping
  ResponseEntity<?> put(@PathVariable String announcer, HttpServletRequest request) throws IOException {
    announcements.put(checked(announcer), Announcement.parse(bodies.object(request)));
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
