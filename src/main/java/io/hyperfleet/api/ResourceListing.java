package io.hyperfleet.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.id.UuidV7;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.resource.ResourceSnapshot;
import io.hyperfleet.resource.list.ListQuery;
import io.hyperfleet.resource.list.ListScope;
import io.hyperfleet.resource.list.ResourceLists;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import io.hyperfleet.tenancy.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Serves lists of resources: pages, and due lists for a Sentinel. */
@Component
@ConditionalOnRole(Role.API)
class ResourceListing {

  private final ResourceLists lists;
  private final DueListing due;
  private final ObjectMapper json;

  ResourceListing(ResourceLists lists, DueListing due, ObjectMapper json) {
    this.lists = lists;
    this.due = due;
    this.json = json;
  }

  /**
   * The body of a response to a list request.
   *
   * @param kind null for every kind
   * @param owner null for every owner
   */
  Object list(Kind kind, UUID owner, HttpServletRequest request) {
    var parameters = new QueryParameters(request);
    var scope = scope(parameters, kind, owner, TenantInterceptor.of(request));
    var wanted = new ListParameters(request, parameters);
    var dueOnly = parameters.flag("due");
    if (dueOnly != null) {
      if (kind == null) {
        throw Problem.invalid(FieldError.required("kind"));
      }
      return due.list(dueOnly, scope, parameters, wanted);
    }
    int pageNumber = parameters.page();
    int size = parameters.size();
    var reports = parameters.choice("include", List.of("statuses")) != null;
    parameters.throwIfWrong();
    refuseAfter(parameters);
    var projection = Projection.of(request);
    var query = new ListQuery(wanted.filter(), wanted.order(), pageNumber, size, reports);
    var page = lists.list(scope, query);
    var items = page.items().stream().map(found -> view(found, projection)).toList();
    return ListView.of(query.page(), items, page.total());
  }

  private static ListScope scope(QueryParameters parameters, Kind kind, UUID owner, Tenant tenant) {
    var type = parameters.text("ref_type");
    var target = parameters.text("ref_target_id");
    if ((type == null) != (target == null)) {
      throw Problem.invalid(new FieldError(type == null ? "ref_type" : "ref_target_id",
          "ref_type and ref_target_id must be provided together", null, "required"));
    }
    if (type != null && (kind == null || kind.reference(type).isEmpty())) {
      throw Problem.invalid(new FieldError("ref_type", "ref_type must be a reference that the kind "
          + (kind == null ? "" : kind.name() + " ") + "declares", type, "enum"));
    }
    var id = type == null ? null : UuidV7.parse(target);
    if (type != null && id == null) {
      throw Problem.invalid(new FieldError("ref_target_id", "ref_target_id must be an id", target, "format"));
    }
    return new ListScope(kind, owner, tenant, type, id);
  }

  private static void refuseAfter(QueryParameters parameters) {
    if (parameters.text("after") != null) {
      throw Problem.invalid(new FieldError("after", "after requires due", parameters.text("after"), null));
    }
  }

  private Object view(ResourceSnapshot found, Projection projection) {
    return projected(ResourceView.of(found.resource(), found.reports()), projection);
  }

  /** A resource in a response, or its selected fields. */
  Object projected(ResourceView view, Projection projection) {
    return projection == null ? view : projection.of(json.<ObjectNode>valueToTree(view));
  }
}
