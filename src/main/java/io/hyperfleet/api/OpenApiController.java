package io.hyperfleet.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Serves the API's contract, written in YAML, as JSON. */
@RestController
@ConditionalOnRole(Role.API)
class OpenApiController {

  private final byte[] contract;

  OpenApiController(ObjectMapper json) throws IOException {
    try (var in = new ClassPathResource("openapi/hyperfleet.yaml").getInputStream()) {
      this.contract = json.writeValueAsBytes(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
    }
  }

  @GetMapping("/api/hyperfleet/v1/openapi")
  ResponseEntity<byte[]> openApi() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(contract);
  }
}
