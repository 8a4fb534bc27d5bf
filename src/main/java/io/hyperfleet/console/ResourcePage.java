package io.hyperfleet.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One resource: desired state, why it is not Ready, the states of its adapters, history and actions. */
@Controller
@ConditionalOnRole(Role.CONSOLE)
class ResourcePage extends ConsolePage {

  private static final String PATH = "/console/resources/{id}";
  private static final int CHILDREN = 50;

  ResourcePage(ConsoleApi api, UserToken tokens) {
    super(api, tokens);
  }

  @GetMapping(PATH)
  String resource(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Model model) {
    show(id, caller(request, response), model);
    return view("resource", request);
  }

  @PostMapping(PATH + "/adapters/{adapter}/retry")
  String retry(@PathVariable String id, @PathVariable String adapter, HttpServletRequest request,
      HttpServletResponse response, Model model, RedirectAttributes redirect) {
    var caller = caller(request, response);
    return act(id, caller, request, model, redirect, () -> {
      var answer = api.send(caller, "POST", path(id) + "/adapters/" + segment(adapter) + "/retry", Map.of());
      return answer.path("message").asText("The next attempt is starting.");
    });
  }

  @PostMapping(PATH + "/reconcile")
  String reconcile(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Model model,
      RedirectAttributes redirect) {
    var caller = caller(request, response);
    return act(id, caller, request, model, redirect, () -> {
      var kind = api.get(caller, path(id) + "?fields=kind").path("kind").asText();
      var answer = api.send(caller, "POST", "/events",
          Map.of("aggregate_type", kind, "aggregate_id", id, "reason", "manual"));
      return answer.path("status").asText().equals("coalesced")
          ? "An event is already pending; every adapter will process it."
          : "Event sent; every adapter will process the resource again.";
    });
  }

  @PostMapping(PATH + "/pause")
  String pause(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Model model,
      RedirectAttributes redirect) {
    return paused(true, "Paused: no events or actions until it is resumed.", id, request, response, model,
        redirect);
  }

  @PostMapping(PATH + "/resume")
  String resume(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Model model,
      RedirectAttributes redirect) {
    return paused(false, "Resumed; every adapter will process the resource again.", id, request, response, model,
        redirect);
  }

  private String paused(boolean wanted, String words, String id, HttpServletRequest request,
      HttpServletResponse response, Model model, RedirectAttributes redirect) {
    var caller = caller(request, response);
    return act(id, caller, request, model, redirect, () -> {
      api.send(caller, "PATCH", path(id), Map.of("paused", wanted));
      return words;
    });
  }

  private String act(String id, ApiCaller caller, HttpServletRequest request, Model model, RedirectAttributes redirect,
      Supplier<String> action) {
    var back = after(Outcome.of(action), "/console/resources/" + segment(id), request, model, redirect);
    if (back != null) {
      return back;
    }
    show(id, caller, model);
    return view("resource", request);
  }

  private void show(String id, ApiCaller caller, Model model) {
    var now = now();
    var resource = api.ask(caller, path(id) + "?include=statuses");
    var children = api.ask(caller, "/resources?order=name&size=" + CHILDREN + "&search="
        + FleetRows.encoded("owner_id = " + SearchText.quoted(id)));
    var history = api.ask(caller, path(id) + "/history?size=50");
    model.addAttribute("resource", ResourceView.of(resource.get(), now));
    children(children, now, model);
    history(history, now, model);
  }

  private static void children(ConsoleApi.Pending asked, Instant now, Model model) {
    var children = new ArrayList<ResourceView>();
    try {
      var list = asked.get();
      list.path("items").forEach(item -> children.add(ResourceView.of(item, now)));
      model.addAttribute("moreChildren", list.path("total").asInt() - children.size());
    } catch (ApiRefusal e) {
      // Not an id.
      model.addAttribute("moreChildren", 0);
    }
    model.addAttribute("children", children);
  }

  private static void history(ConsoleApi.Pending asked, Instant now, Model model) {
    List<HistoryEntry> entries = new ArrayList<>();
    try {
      for (JsonNode item : asked.get().path("items")) {
        entries.add(HistoryEntry.of(item, now));
      }
    } catch (ApiRefusal e) {
      model.addAttribute("historyMissing",
          e.isNothing() ? "This API is older than the console and keeps no history." : e.getMessage());
    }
    model.addAttribute("history", entries);
  }

  private static String path(String id) {
    return "/resources/" + segment(id);
  }

  /** Text as one segment of a path. */
  private static String segment(String text) {
    return FleetRows.encoded(text).replace("+", "%20");
  }
}
