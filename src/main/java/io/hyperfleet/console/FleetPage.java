package io.hyperfleet.console;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The fleet: resources that are not Ready first, one row per resource, one column per adapter. */
@Controller
@ConditionalOnRole(Role.CONSOLE)
class FleetPage extends ConsolePage {

  static final String PATH = "/console/";

  FleetPage(ConsoleApi api, UserToken tokens) {
    super(api, tokens);
  }

  @GetMapping({"/", "/console"})
  String begin() {
    return "redirect:" + PATH;
  }

  /**
   * The page. With {@code ids} the displayed rows keep their positions; further resources that are not Ready are
   * counted, and shown on request.
   */
  @GetMapping(PATH)
  String fleet(@RequestParam Map<String, String> parameters, HttpServletRequest request, HttpServletResponse response,
      Model model) {
    show(query(parameters), ids(parameters.get("ids")), FleetRows.position(parameters.get("next")),
        caller(request, response), model);
    return view("fleet", request);
  }

  /** Starts a retry or reconcile of all matching resources. */
  @PostMapping("/console/operations")
  String start(@RequestParam String action, @RequestParam Map<String, String> parameters, HttpServletRequest request,
      HttpServletResponse response, Model model, RedirectAttributes redirect) {
    var caller = caller(request, response);
    var query = query(parameters);
    var outcome = Outcome.of(() -> {
      var wanted = new LinkedHashMap<String, Object>(Map.of("action", action, "kind", query.kind()));
      var search = query.search();
      if (query.ready() != null) {
        search.and("status.phase " + (query.ready() ? "=" : "!=") + " 'Ready'");
      }
      if (!search.toString().isEmpty()) {
        wanted.put("search", search.toString());
      }
      if (action.equals("retry") && !query.adapter().isEmpty()) {
        wanted.put("adapter", query.adapter());
      }
      api.send(caller, "POST", "/operations", wanted);
      return "Operation started; see its progress below.";
    });
    return shown(outcome, query, caller, request, model, redirect);
  }

  @PostMapping("/console/operations/{id}/stop")
  String stop(@PathVariable String id, @RequestParam Map<String, String> parameters, HttpServletRequest request,
      HttpServletResponse response, Model model, RedirectAttributes redirect) {
    var caller = caller(request, response);
    var outcome = Outcome.of(() -> {
      api.send(caller, "POST", "/operations/" + FleetRows.encoded(id) + "/stop", Map.of());
      return "Operation stopped; completed steps are kept.";
    });
    return shown(outcome, query(parameters), caller, request, model, redirect);
  }

  private String shown(Outcome outcome, FleetQuery query, ApiCaller caller, HttpServletRequest request, Model model,
      RedirectAttributes redirect) {
    var path = after(outcome, query.path(), request, model, redirect);
    if (path != null) {
      return path;
    }
    show(query, List.of(), "", caller, model);
    return view("fleet", request);
  }

  private void show(FleetQuery query, List<String> ids, String next, ApiCaller caller, Model model) {
    var now = now();
    var counts = api.ask(caller, "/fleet");
    var operations = api.ask(caller, "/operations?size=5");
    var rows = new FleetRows(api, caller, query, now);
    if (ids.isEmpty()) {
      var page = page(rows, model);
      model.addAttribute("rows", page.rows());
      next = page.next();
      model.addAttribute("cut", page.cut());
      model.addAttribute("news", 0);
    } else {
      var again = rows.again(ids);
      model.addAttribute("rows", again.rows());
      model.addAttribute("news", again.troubles());
    }
    model.addAttribute("next", next.isEmpty() ? "" : query.from(next).path());
    model.addAttribute("query", query);
    model.addAttribute("states", AdapterState.values());
    summary(counts, query, now, model);
    operations(operations, now, model);
    @SuppressWarnings("unchecked")
    var shown = (List<ResourceView>) model.getAttribute("rows");
    choices((FleetSummary) model.getAttribute("fleet"), query, columns(shown), model);
    var looked = shown.stream().map(ResourceView::id).collect(Collectors.joining(","));
    var path = query.path();
    model.addAttribute("again", looked.isEmpty()
        ? path
        : path + (path.contains("?") ? "&" : "?") + "ids=" + looked + (next.isEmpty() ? "" : "&next=" + next));
  }

  /** Choices of the filter. */
  private static void choices(FleetSummary fleet, FleetQuery query, Collection<String> columns, Model model) {
    var kinds = new LinkedHashSet<String>();
    var required = new TreeSet<String>();
    if (fleet != null) {
      fleet.kinds().forEach(kind -> kinds.add(kind.kind()));
      fleet.adapters(query.kind()).forEach(adapter -> required.add(adapter.name()));
    }
    columns.addAll(required);
    var adapters = new TreeSet<>(columns);
    kinds.add(query.kind());
    if (!query.adapter().isEmpty()) {
      adapters.add(query.adapter());
    }
    model.addAttribute("kinds", kinds);
    model.addAttribute("choices", adapters);
    model.addAttribute("required", required);
    model.addAttribute("adapters", columns);
  }

  /** An invalid search is shown next to the filter, where it can be corrected. */
  private static FleetRows.Page page(FleetRows rows, Model model) {
    try {
      return rows.page();
    } catch (ApiRefusal e) {
      if (e.status() != HttpStatus.BAD_REQUEST.value()) {
        throw e;
      }
      model.addAttribute("outcome", new Outcome(false, e.getMessage()));
      return new FleetRows.Page(List.of(), "", false);
    }
  }

  private void summary(ConsoleApi.Pending counts, FleetQuery query, Instant now, Model model) {
    try {
      var fleet = FleetSummary.of(counts.get(), now);
      model.addAttribute("fleet", fleet);
      model.addAttribute("counts", fleet.kind(query.kind()));
    } catch (ApiRefusal e) {
      model.addAttribute("countsMissing", e.isNothing()
          ? "This API is older than the console and does not provide counts."
          : e.getMessage());
    }
  }

  private static void operations(ConsoleApi.Pending asked, Instant now, Model model) {
    try {
      var found = new ArrayList<OperationView>();
      asked.get().path("items").forEach(item -> found.add(OperationView.of(item, now)));
      model.addAttribute("operations", found);
      model.addAttribute("canOperate", true);
    } catch (ApiRefusal e) {
      model.addAttribute("operations", List.of());
      model.addAttribute("canOperate", !e.isNothing());
    }
  }

  private static Collection<String> columns(List<ResourceView> rows) {
    var names = new TreeSet<String>();
    rows.forEach(row -> row.adapters().forEach(adapter -> names.add(adapter.name())));
    return names;
  }

  private static FleetQuery query(Map<String, String> given) {
    return new FleetQuery(given.get("kind"), given.get("text"), given.get("label"), given.get("state"),
        given.get("adapter"), given.get("cell"), given.get("after"));
  }

  private static List<String> ids(String text) {
    return text == null
        ? List.of()
        : Arrays.stream(text.split(",")).filter(SearchText::isId).distinct().limit(FleetRows.SIZE).toList();
  }
}
