package io.hyperfleet.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.docs.GeneratedPage;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pictures of docs/architecture.md are those of the routes that are shipped. */
class RoutePicturesTest {

  private static final Path PAGE = Path.of("docs/architecture.md");

  private final RouteMap map = RouteMap.of(RouteFile.all());
  private final RoutePictures pictures = new RoutePictures(map);

  @Test
  void theArchitectureShowsWhatFlowsBetweenTheRoles() {
    GeneratedPage.assertPartIs(getClass(), PAGE, "<!-- overview -->\n", "<!-- /overview -->\n",
        fenced(pictures.overview()));
  }

  @Test
  void theArchitectureShowsTheRoutesOfEachRole() {
    var page = new StringBuilder();
    map.roles().forEach(role -> page.append("### ").append(role).append("\n\n").append(fenced(pictures.of(role)))
        .append("\n").append(pictures.table(role)).append("\n"));
    GeneratedPage.assertPartIs(getClass(), PAGE, "<!-- routes -->\n", "<!-- /routes -->\n", page.toString());
  }

  @Test
  void thePagesShowTheStepsOfEachTemplate() {
    var page = new StringBuilder();
    RouteFile.all()
        .forEach(file -> file.entries("routeTemplate").forEach(template -> page.append("### ").append(template.id())
            .append("\n\n").append(template.text("description")).append(".\n\n")
            .append(
                fenced(StepPicture.of(new RouteFile.Node(file, "route", (Map<?, ?>) template.settings().get("route")))))
            .append("\n")));
    GeneratedPage.assertPartIs(getClass(), Path.of("docs/templates.md"), "<!-- templates -->\n",
        "<!-- /templates -->\n", page.toString());
  }

  @Test
  void everyRouteIsReachedAndEveryNamedBeanIsUsed() {
    assertThat(map.stops()).hasSizeGreaterThan(40);
    assertThat(map.stops()).filteredOn(stop -> stop.every().isEmpty())
        .allSatisfy(stop -> assertThat(map.calls()).as(stop.id()).anyMatch(call -> call.to().equals(stop)));
    assertThat(RouteMap.BEANS.keySet()).allSatisfy(bean -> assertThat(RouteFile.all()).as(bean)
        .anyMatch(file -> file.text().contains("ref: " + bean.split("\\.")[0] + "\n")));
  }

  private static String fenced(String picture) {
    return "```mermaid\n" + picture + "```\n";
  }
}
