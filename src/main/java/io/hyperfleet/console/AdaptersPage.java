package io.hyperfleet.console;

import io.hyperfleet.role.ConditionalOnRole;
import io.hyperfleet.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The adapters with the states of their resources, and broken definitions. */
@Controller
@ConditionalOnRole(Role.CONSOLE)
class AdaptersPage extends ConsolePage {

  AdaptersPage(ConsoleApi api, UserToken tokens) {
    super(api, tokens);
  }

  @GetMapping("/console/adapters")
  String adapters(HttpServletRequest request, HttpServletResponse response, Model model) {
    var now = now();
    var rows = new ArrayList<AdapterRow>();
    try {
      api.get(caller(request, response), "/adapters").path("items")
          .forEach(item -> rows.add(AdapterRow.of(item, now)));
    } catch (ApiRefusal e) {
      model.addAttribute("missing",
          e.isNothing() ? "This API is older than the console and does not list adapters." : e.getMessage());
    }
    model.addAttribute("adapters", rows);
    return view("adapters", request);
  }
}
