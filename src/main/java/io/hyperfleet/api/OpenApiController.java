package io.hyperfleet.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.yaml.KubectlYaml;
import java.io.IOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves the API contract (OpenAPI) with the paths of configured kinds, as JSON and as a page (Swagger UI, without
 * external resources).
 */
@RestController
@ConditionalOnRole(Role.API)
class OpenApiController implements WebMvcConfigurer {

  private static final String PAGE_PARTS = "classpath*:/META-INF/resources/webjars/swagger-ui/*/";

  private final byte[] document;
  /** Not a Resource, for which Spring would serve ranges, and an invalid range with the whole page. */
  private final byte[] page;
  private final Resource pageParts;

  OpenApiController(ObjectMapper json, Kinds kinds, ResourcePatternResolver resources) throws IOException {
    try (var in = new ClassPathResource("openapi/hyperfleet.yaml").getInputStream()) {
      var limits = KubectlYaml.limits(KubectlYaml.FILE);
      limits.setMaxAliasesForCollections(200);
      Map<String, Object> openApi = KubectlYaml.reader(limits).load(in);
      KindPaths.add(openApi, kinds);
      this.document = json.writeValueAsBytes(openApi);
    }
    this.page = new ClassPathResource("openapi/openapi.html").getContentAsByteArray();
    this.pageParts = resources.getResources(PAGE_PARTS + "swagger-ui-bundle.js")[0].createRelative("");
  }

  @GetMapping(ResourceRequestMappings.BASE + "/openapi")
  ResponseEntity<byte[]> openApi() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
  }

  @GetMapping(ResourceRequestMappings.BASE + "/openapi.html")
  ResponseEntity<byte[]> page() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_HTML).body(page);
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry.addResourceHandler(ResourceRequestMappings.BASE + "/openapi-ui/*").addResourceLocations(pageParts,
        new ClassPathResource("openapi/page/"));
  }
}
