package io.hyperfleet.cli;

import picocli.CommandLine.Mixin;

/** Pauses or resumes a resource. */
abstract class Pausing extends FleetCommand {

  @Mixin
  private Target target;

  private final boolean paused;

  Pausing(boolean paused) {
    this.paused = paused;
  }

  @Override
  final Exit run(ApiClient api) {
    var resources = new FleetResources(api);
    var plural = resources.plural(target.kind());
    var resource = resources.named(plural, target.name()).body();
    var answer = api.send("PATCH", FleetResources.path(plural, resource), ApiClient.object().put("paused", paused));
    var changed = answer.body();
    print(paused
        ? target + " is paused by " + changed.path("paused_by").asText() + " since "
            + changed.path("paused_time").asText()
        : target + " is resumed");
    return Exit.DONE;
  }
}
