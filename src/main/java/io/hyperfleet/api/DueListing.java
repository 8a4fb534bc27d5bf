package io.hyperfleet.api;

import io.hyperfleet.problem.FieldError;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.resource.Resource;
import io.hyperfleet.resource.ResourceStore;
import io.hyperfleet.resource.list.DuePosition;
import io.hyperfleet.resource.list.DueResource;
import io.hyperfleet.resource.list.ListScope;
import io.hyperfleet.resource.list.ResourceLists;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Serves the due lists for a Sentinel: due resources, or all resources page by page. */
@Component
@ConditionalOnRole(Role.API)
class DueListing {

  private static final int MAX_SIZE = 1000;
  private static final int DEFAULT_SIZE = 100;

  private final ResourceLists lists;
  private final ResourceStore store;

  DueListing(ResourceLists lists, ResourceStore store) {
    this.lists = lists;
    this.store = store;
  }

  /** The body of a response: due resources with {@code due}, otherwise all. */
  Map<String, List<?>> list(boolean due, ListScope scope, QueryParameters parameters, ListParameters wanted) {
    int size = parameters.size(MAX_SIZE, DEFAULT_SIZE);
    var include = parameters.choice("include", List.of("resource"));
    parameters.throwIfWrong();
    var items = due
        ? lists.due(scope, wanted.filter(), position(parameters.text("after")), size)
        : lists.walk(scope, wanted.filter(), wanted.after(), size);
    return Map.of("items", include == null ? items : withResources(items));
  }

  private static DuePosition position(String after) {
    var position = after == null ? DuePosition.FIRST : DuePosition.parse(after);
    if (position == null) {
      throw Problem.invalid(new FieldError("after", "after must be the next_event_time and the id of the last item, as "
          + "in 2026-01-31T12:00:00Z,0198f3c5-0000-7000-8000-000000000000", after, "format"));
    }
    return position;
  }

  /** A resource that was deleted in the meantime is skipped. */
  private List<DueView> withResources(List<DueResource> items) {
    var resources = store.read(items.stream().map(DueResource::id).toList(), false).stream()
        .collect(Collectors.toMap(found -> found.resource().id(), found -> found.resource()));
    return items.stream().map(item -> view(item, resources.get(item.id()))).filter(Objects::nonNull).toList();
  }

  private static DueView view(DueResource item, Resource resource) {
    return resource == null ? null : new DueView(item, ResourceView.of(resource, null));
  }
}
