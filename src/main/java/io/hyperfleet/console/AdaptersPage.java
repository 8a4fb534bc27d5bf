package io.hyperfleet.console;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The adapters with the states of their resources, and broken definitions. */
@Controller
@ConditionalOnRole(Role.CONSOLE)
class AdaptersPage extends ConsolePage {

  AdaptersPage(ConsoleApi api, UserToken tokens) {
    super(api, tokens);
  }

  @GetMapping("/console/adapters")
  String adapters(HttpServletRequest request, HttpServletResponse response, Model model) {
    show(caller(request, response), model);
    return view("adapters", request);
  }

  /** Halts its rollout, goes on with it, or goes back. */
  @PostMapping("/console/adapters/{adapter}/{action:halt|resume|rollback}")
  String act(@PathVariable String adapter, @PathVariable String action, HttpServletRequest request,
      HttpServletResponse response, Model model, RedirectAttributes redirect) {
    var caller = caller(request, response);
    var outcome = Outcome.of(() -> {
      api.send(caller, "POST", "/adapters/" + FleetRows.encoded(adapter).replace("+", "%20") + "/" + action, Map.of());
      return switch (action) {
        case "halt" -> "The rollout has halted: nothing further moves.";
        case "resume" -> "The rollout goes on.";
        default -> "The former revision is wanted; the one that was left does not come back by itself.";
      };
    });
    var back = after(outcome, "/console/adapters", request, model, redirect);
    if (back != null) {
      return back;
    }
    show(caller, model);
    return view("adapters", request);
  }

  private void show(ApiCaller caller, Model model) {
    var now = now();
    var rows = new ArrayList<AdapterRow>();
    try {
      api.get(caller, "/adapters").path("items")
          .forEach(item -> rows.add(AdapterRow.of(item, now)));
    } catch (ApiRefusal e) {
      model.addAttribute("missing",
          e.isNothing() ? "This API is older than the console and does not list adapters." : e.getMessage());
    }
    model.addAttribute("adapters", rows);
  }
}
