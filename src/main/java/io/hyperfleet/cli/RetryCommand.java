package io.hyperfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Retries failed Jobs of adapters. */
@Command(name = "retry", sortOptions = false, description = {
    "Immediately rerun the failed or lost Job of an adapter for a resource.",
    "Without an adapter: rerun every Job that has failed or is gone."})
public final class RetryCommand extends FleetCommand {

  @Mixin
  private Target target;

  @Parameters(index = "2", arity = "0..1", paramLabel = "<adapter>", description = "Name of the adapter.")
  private String adapter;

  @Override
  Exit run(ApiClient api) {
    var resources = new FleetResources(api);
    var plural = resources.plural(target.kind());
    var resource = resources.named(plural, target.name()).body();
    var adapters = adapter != null ? List.of(adapter) : failed(resource);
    if (adapters.isEmpty()) {
      print("No Job for " + target + " has failed or is gone: nothing to retry");
      return Exit.DONE;
    }
    for (String one : adapters) {
      var answer = api.send("POST", FleetResources.path(plural, resource) + "/adapters/" + ApiClient.encoded(one)
          + "/retry", null).body();
      print(answer.path("message").asText(one + ": " + answer.path("status").asText()));
    }
    return Exit.DONE;
  }

  private List<String> failed(JsonNode resource) {
    return AdapterRow.of(resource, Map.of(), target.toString(), typed("")).stream()
        .filter(AdapterRow::retryable).flatMap(row -> row.names().stream()).toList();
  }
}
