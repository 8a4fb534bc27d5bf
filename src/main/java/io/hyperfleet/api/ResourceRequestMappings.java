package io.hyperfleet.api;

import static org.springframework.web.bind.annotation.RequestMethod.DELETE;
import static org.springframework.web.bind.annotation.RequestMethod.GET;
import static org.springframework.web.bind.annotation.RequestMethod.PATCH;
import static org.springframework.web.bind.annotation.RequestMethod.POST;
import static org.springframework.web.bind.annotation.RequestMethod.PUT;

import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.log.LogContext;
import io.hyperfleet.resource.KindLookup;
import io.hyperfleet.resource.ResourceKey;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.tenancy.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Maps the paths of every configured kind to the endpoints that all kinds share: {@code /clusters},
 * {@code /clusters/{id}/statuses}, and for kinds that belong to others both {@code /nodepools/{id}} and
 * {@code /clusters/{owner}/nodepools/{id}}. {@code /resources} answers for every kind. All paths also exist below
 * {@code /api}.
 */
@Component
@ConditionalOnRole(Role.API)
class ResourceRequestMappings implements InitializingBean {

  static final String BASE = "/api/hyperfleet/v1";
  private static final String SHORT_BASE = "/api";
  /**
   * The path segments for the reports on a resource; the last one is used by HyperFleet's own command line for node
   * pools.
   */
  private static final List<String> STATUSES = List.of("/statuses", "/status", "/adapter-statuses");
  private static final Method ANSWER = ReflectionUtils.findMethod(Route.class, "answer", Map.class,
      HttpServletRequest.class);

  private final RequestMappingHandlerMapping mapping;
  private final Kinds kinds;
  private final KindLookup lookup;
  private final ResourceEndpoints resources;
  private final StatusEndpoints statuses;
  private final SteeringEndpoints steering;

  ResourceRequestMappings(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping, Kinds kinds,
      KindLookup lookup, ResourceEndpoints resources, StatusEndpoints statuses, SteeringEndpoints steering) {
    this.mapping = mapping;
    this.kinds = kinds;
    this.lookup = lookup;
    this.resources = resources;
    this.statuses = statuses;
    this.steering = steering;
  }

  /** Handles a request with these path variables. */
  @FunctionalInterface
  interface Route {

    ResponseEntity<?> answer(@PathVariable Map<String, String> path, HttpServletRequest request) throws IOException;
  }

  @FunctionalInterface
  private interface Lookup {

    ResourceKey key(Map<String, String> path, Tenant tenant);
  }

  @FunctionalInterface
  private interface Endpoint {

    ResponseEntity<?> answer(ResourceKey key, HttpServletRequest request) throws IOException;
  }

  @Override
  public void afterPropertiesSet() {
    kinds.all().forEach(this::map);
    map((path, request) -> resources.listAny(request), "/resources", GET);
    map((path, request) -> resources.createAny(request), "/resources", POST);
    mapOne((path, tenant) -> lookup.find(Ids.of("Resource", path.get("id")), tenant), "/resources/{id}");
  }

  private void map(Kind kind) {
    var flat = "/" + kind.plural();
    map((path, request) -> resources.list(kind, null, request), flat, GET);
    mapOne((path, tenant) -> new ResourceKey(kind, Ids.of(kind.name(), path.get("id")), null, tenant), flat + "/{id}");
    if (!kind.owned()) {
      map((path, request) -> resources.create(kind, null, request), flat, POST);
      return;
    }
    var parent = kinds.parentOf(kind);
    var nested = "/" + parent.plural() + "/{owner}/" + kind.plural();
    map((path, request) -> resources.refuseWithoutOwner(kind, parent), flat, POST);
    map((path, request) -> resources.list(kind, Ids.of(parent.name(), path.get("owner")), request), nested, GET);
    map((path, request) -> resources.create(kind, Ids.of(parent.name(), path.get("owner")), request), nested, POST);
    mapOne((path, tenant) -> new ResourceKey(kind, Ids.of(kind.name(), path.get("id")),
        Ids.of(parent.name(), path.get("owner")), tenant), nested + "/{id}");
  }

  private void mapOne(Lookup lookup, String path) {
    map(lookup, resources::get, path, GET);
    map(lookup, resources::patch, path, PATCH);
    map(lookup, (key, request) -> resources.delete(key), path, DELETE);
    map(lookup, resources::forceDelete, path + "/force-delete", POST);
    map(lookup, steering::retry, path + "/adapters/{adapter}/retry", POST);
    map(lookup, steering::pin, path + "/adapters/{adapter}/revision", PUT);
    map(lookup, steering::unpin, path + "/adapters/{adapter}/revision", DELETE);
    map(lookup, steering::history, path + "/history", GET);
    for (String name : STATUSES) {
      map(lookup, statuses::list, path + name, GET);
      map(lookup, statuses::report, path + name, PUT, POST);
    }
  }

  private void map(Lookup lookup, Endpoint endpoint, String path, RequestMethod... methods) {
    map((variables, request) -> {
      var key = lookup.key(variables, TenantInterceptor.of(request));
      LogContext.resource(key.kind().name(), key.id().toString());
      return endpoint.answer(key, request);
    }, path, methods);
  }

  private void map(Route route, String path, RequestMethod... methods) {
    var paths = Stream.of(BASE, SHORT_BASE).map(base -> base + path).toArray(String[]::new);
    mapping.registerMapping(RequestMappingInfo.paths(paths).methods(methods)
        .mappingName(Arrays.toString(methods) + " " + path)
        .options(mapping.getBuilderConfiguration()).build(), route, ANSWER);
  }
}
