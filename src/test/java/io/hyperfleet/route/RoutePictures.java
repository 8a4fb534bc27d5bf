package io.hyperfleet.route;

import io.hyperfleet.route.RouteMap.Call;
import io.hyperfleet.route.RouteMap.Place;
import io.hyperfleet.route.RouteMap.Stop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Pictures of the routes in Mermaid's language. */
final class RoutePictures {

  private static final int MOST_WORDS = 4;

  private final RouteMap map;

  RoutePictures(RouteMap map) {
    this.map = map;
  }

  /** The roles, and what flows between them and the systems around. */
  String overview() {
    var arrows = new LinkedHashMap<String, Set<String>>();
    for (Call call : map.calls()) {
      if (call.from() instanceof Place place) {
        arrow(arrows, place, role(call.to()), call);
      } else if (call.to() instanceof Place place) {
        arrow(arrows, role(call.from()), place, call);
      }
    }
    var picture = new StringBuilder("flowchart LR\n  user((user))\n");
    map.roles()
        .forEach(role -> picture.append("  ").append(role.equals("api") ? Place.API : role).append("[\"<b>")
            .append(role)
            .append("</b><br>").append(role.equals("api") ? "HTTP API<br>" : "").append(routes(role)).append("\"]\n"));
    places(picture, map.calls());
    // What requests do is Java's, not a route's.
    picture.append("  user -->|\"requests\"| API\n  API -->|\"requests\"| POSTGRESQL\n");
    arrows.forEach((ends, labels) -> picture.append("  ").append(ends.formatted(label(labels))).append("\n"));
    return picture.toString();
  }

  private String routes(String role) {
    long count = map.stops().stream().filter(stop -> stop.role().equals(role)).count();
    return count + (count == 1 ? " route" : " routes");
  }

  private static String label(Set<String> words) {
    return words.isEmpty()
        ? ""
        : "|\"" + (words.size() > MOST_WORDS ? words.size() + " routes" : String.join("<br>", words)) + "\"|";
  }

  /** The HTTP API stands for the role that serves it. */
  private static String role(Object stop) {
    var role = ((Stop) stop).role();
    return role.equals("api") ? Place.API.name() : role;
  }

  private static void arrow(Map<String, Set<String>> arrows, Object from, Object to, Call call) {
    var stop = (Stop) (call.from() instanceof Stop ? call.from() : call.to());
    arrows.computeIfAbsent(from + " -->%s " + to, key -> new LinkedHashSet<>()).add(stop.id());
  }

  /** The routes of a role, what they call each other, and what they reach. */
  String of(String role) {
    var drawn = new LinkedHashSet<>(map.stops().stream().filter(stop -> stop.role().equals(role)).toList());
    map.calls().stream().filter(call -> call.onFailure() && isOf(call.from(), role))
        .forEach(call -> drawn.add((Stop) call.to()));
    var picture = new StringBuilder("flowchart LR\n");
    drawn.forEach(stop -> picture.append("  ").append(node(stop)));
    map.calls().stream().filter(call -> !call.onFailure() && drawn.contains(call.from()) && drawn.contains(call.to()))
        .forEach(
            call -> picture.append("  ").append(id(call.from())).append(" --> ").append(id(call.to())).append("\n"));
    return picture.toString();
  }

  /** The same routes, and where they stand. */
  String table(String role) {
    return map.stops().stream().filter(stop -> stop.role().equals(role))
        .map(stop -> "| `" + stop.id() + "` | `routes/" + role + "/"
            + stop.file() + "`" + (stop.word().equals("routeTemplate") ? " (template)" : "") + " | "
            + stop.description() + " |\n")
        .collect(Collectors.joining("", "| route | file | what it does |\n|---|---|---|\n", ""));
  }

  private static boolean isOf(Object end, String role) {
    return end instanceof Stop stop && stop.role().equals(role);
  }

  private static void places(StringBuilder picture, List<Call> calls) {
    var places = new TreeSet<Place>();
    calls.forEach(call -> List.of(call.from(), call.to()).forEach(end -> {
      if (end instanceof Place place) {
        places.add(place);
      }
    }));
    places.stream().filter(place -> picture.indexOf("  " + place + "[") < 0)
        .forEach(place -> picture.append("  ").append(place).append("[(\"").append(place.title).append("\")]\n"));
  }

  private String node(Stop stop) {
    var text = new StringBuilder("<b>").append(stop.id()).append("</b><br>")
        .append(stop.description().replace("\"", "#quot;"));
    if (!stop.every().isEmpty()) {
      text.append("<br><i>every ").append(stop.every()).append("</i>");
    }
    for (Call call : map.calls()) {
      if (call.from() instanceof Place place && call.to().equals(stop)) {
        text.append("<br><i>from ").append(place.title).append("</i>");
      } else if (call.to() instanceof Place place && call.from().equals(stop)) {
        text.append("<br><i>to ").append(place.title).append("</i>");
      }
    }
    return id(stop) + switch (stop.word()) {
      case "routeTemplate" -> "[[\"" + text + "\"]]\n";
      case "routeConfiguration" -> "{{\"" + text + "\"}}\n";
      default -> "[\"" + text + "\"]\n";
    };
  }

  private static String id(Object end) {
    return ((Stop) end).id().replace('-', '_');
  }
}
