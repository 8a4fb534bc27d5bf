package io.hyperfleet.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hyperfleet.gitops.write.CommitMessages;
import io.hyperfleet.hostile.HostileTexts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;

/** Names of objects, users and labels, which anybody may choose, in paths, authors and messages of commits. */
class HostileGitOpsTest {

  private static final long SEED = 31;
  private static final int MIXED = 3_000;
  private static final ObjectChecker GIT = new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true);
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  /** What Kubernetes lets a role be called. */
  private static Stream<String> names() {
    return HostileTexts.all(SEED, MIXED).filter(name -> !name.isEmpty() && !name.equals(".") && !name.equals("..")
        && !name.contains("/") && !name.contains("%") && StandardCharsets.UTF_8.newEncoder().canEncode(name))
        .distinct();
  }

  @Test
  void everyObjectHasAFileOfItsOwnThatGitTakes() {
    var seen = new HashMap<String, String>();
    names().forEach(name -> {
      var id = new ResourceIdentifier("rbac.authorization.k8s.io", "v1", "roles", "prod", name);
      var path = ResourcePaths.path("clusters/a", id);
      assertThat(path).startsWith("clusters/a/rbac.authorization.k8s.io/v1/roles/prod/").endsWith(".yaml")
          .isPrintable();
      assertThat(path.split("/", -1)).hasSize(7);
      assertThatCode(() -> GIT.checkPath(path)).as(path).doesNotThrowAnyException();
      assertThat(ResourcePaths.parse(path.substring("clusters/a/".length())))
          .contains(new ResourcePaths.Location(id.type(), "prod"));
      assertThat(seen.put(path, name)).as(path).isNull();
    });
    assertThat(seen).hasSizeGreaterThan(1_000);
  }

  @Test
  void nobodyWritesLinesOfACommit() {
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      var event = new GitOpsEvent("prod", "a",
          new ResourceIdentifier("rbac.authorization.k8s.io", "v1", "roles", "", text),
          Operation.UPDATE, new byte[0], Actor.user(text), Map.of("Cluster", text), TIME);
      var message = CommitMessages.of(List.of(event));
      assertThat(message.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
      assertThat(message.lines().map(line -> line.replaceFirst("[ \\]].*", ""))).containsExactly("[UPDATE", "",
          "Operation:",
          "Resource-Key:", "Event-Time:", "Cluster:");
      assertThat(CommitMessages.of(List.of(event, event)).lines()).hasSize(8);
    });
  }

  @Test
  void nobodyIsTheAuthorInAnothersName() {
    HostileTexts.all(SEED, MIXED).forEach(text -> {
      for (var actor : List.of(Actor.user(text), Actor.manager(text))) {
        var author = new PersonIdent(actor.authorName(), actor.authorEmail(), TIME, ZoneOffset.UTC).toExternalString();
        assertThat(author)
            .matches("[^<>\\n\\r\\x00]+ <[a-z0-9._-]+@([a-z]+\\.)?noreply\\.cluster\\.local> 1767225600 \\+0000");
      }
    });
  }
}
