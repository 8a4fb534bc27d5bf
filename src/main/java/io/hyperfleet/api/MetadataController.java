package io.hyperfleet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Release;
import io.hyperfleet.role.Role;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the name and version of the API. */
@RestController
@ConditionalOnRole(Role.API)
class MetadataController {

  private static final String PATH = "/api/hyperfleet";

  private final Metadata metadata = new Metadata("hyperfleet", "API", PATH, Release.version(), Release.time());

  /**
   * The API itself.
   *
   * @param buildTime null where it was not built by Maven
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Metadata(String id, String kind, String href, String version, Instant buildTime) {}

  @GetMapping(PATH)
  ResponseEntity<Metadata> metadata() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(metadata);
  }
}
