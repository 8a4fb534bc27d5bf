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
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Events not yet published, and those that were given up, with why. */
@Controller
@ConditionalOnRole(Role.CONSOLE)
class OutboxPage extends ConsolePage {

  private static final String PATH = "/console/outbox";
  private static final int SHOWN = 50;

  OutboxPage(ConsoleApi api, UserToken tokens) {
    super(api, tokens);
  }

  /** An event on the page. */
  record Row(String id, String kind, String resource, String type, String reason, int generation, int attempts,
      String error, Age created, Age next) {

    static Row of(JsonNode event, Instant now) {
      return new Row(event.path("event_id").asText(), event.path("aggregate_type").asText(),
          event.path("aggregate_id").asText(), event.path("event_type").asText(), event.path("reason").asText(),
          event.path("generation").asInt(), event.path("attempts").asInt(), event.path("last_error").asText(),
          Age.of(event.path("created_time"), now), Age.of(event.path("next_attempt_time"), now));
    }
  }

  @GetMapping(PATH)
  String outbox(HttpServletRequest request, HttpServletResponse response, Model model) {
    show(caller(request, response), model);
    return view("outbox", request);
  }

  @PostMapping(PATH + "/{id}/retry")
  String retry(@PathVariable String id, HttpServletRequest request, HttpServletResponse response, Model model,
      RedirectAttributes redirect) {
    var caller = caller(request, response);
    var outcome = Outcome.of(() -> {
      api.send(caller, "POST", "/events/" + FleetRows.encoded(id) + "/retry", Map.of());
      return "The event will be published again.";
    });
    var back = after(outcome, PATH, request, model, redirect);
    if (back != null) {
      return back;
    }
    show(caller, model);
    return view("outbox", request);
  }

  private void show(ApiCaller caller, Model model) {
    var now = now();
    var dead = api.ask(caller, "/events?status=dead&size=" + SHOWN);
    var pending = api.ask(caller, "/events?status=pending&size=" + SHOWN);
    model.addAttribute("dead", rows(dead.get(), now));
    model.addAttribute("deadTotal", dead.get().path("total").asInt());
    model.addAttribute("pending", rows(pending.get(), now));
    model.addAttribute("pendingTotal", pending.get().path("total").asInt());
  }

  private static List<Row> rows(JsonNode list, Instant now) {
    var rows = new ArrayList<Row>();
    list.path("items").forEach(item -> rows.add(Row.of(item, now)));
    return rows;
  }
}
