package io.hyperfleet.gitops.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.git.GitException.Reason;
import io.hyperfleet.git.GitException;
import io.hyperfleet.git.Refusal;
import io.hyperfleet.gitops.ResourceType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The conditions of a destination follow from what is known of it. */
class DestinationConditionTest {

  private static final ResourceType CONFIG_MAPS = new ResourceType("", "v1", "configmaps");

  @ParameterizedTest
  @CsvSource(textBlock = """
      # what is the matter | Ready                    , RepoReachable           , StreamsRunning           , PathAccepted           , Converged            , Stalled
      nothing              , True Ready               , True Reached            , True Watching            , True Accepted          , True Pushed          , False Progressing
      not-asked            , False Checking           , Unknown Checking        , True Watching            , True Accepted          , Unknown NotCompared  , False Progressing
      not-compared         , False NotCompared        , True Reached            , True Watching            , True Accepted          , Unknown NotCompared  , False Progressing
      pending              , True Ready               , True Reached            , True Watching            , True Accepted          , False Pending        , False Progressing
      away                 , False ConnectionFailed   , False ConnectionFailed  , True Watching            , True Accepted          , True Pushed          , False Progressing
      auth                 , False AuthFailed         , False AuthFailed        , True Watching            , True Accepted          , True Pushed          , True AuthFailed
      rejected             , False PushRejected       , True Reached            , True Watching            , True Accepted          , True Pushed          , True PushRejected
      incomplete           , False SnapshotIncomplete , True Reached            , False SnapshotIncomplete , True Accepted          , True Pushed          , False Progressing
      refused              , False UnmanagedContent   , True Reached            , True Watching            , False UnmanagedContent , True Pushed          , False Progressing
      unmanaged            , True Ready               , True Reached            , True Watching            , True UnmanagedContent  , True Pushed          , False Progressing
      held                 , False MassDeleteHeld     , True Reached            , True Watching            , True Accepted          , False MassDeleteHeld , True MassDeleteHeld
      """)
  void conditions(String matter, String ready, String repoReachable, String streamsRunning, String pathAccepted,
      String converged, String stalled) {
    assertThat(DestinationCondition.of(facts(matter)))
        .extracting(condition -> condition.type() + " " + condition.status() + " " + condition.reason())
        .containsExactly("Ready " + ready, "RepoReachable " + repoReachable, "StreamsRunning " + streamsRunning,
            "PathAccepted " + pathAccepted, "Converged " + converged, "Stalled " + stalled);
  }

  private static DestinationFacts facts(String matter) {
    var failure = switch (matter) {
      case "away" -> new GitException(Reason.CONNECTION_FAILED, "away", null);
      case "auth" -> new GitException(Reason.AUTH_FAILED, "no", null);
      case "rejected" -> new GitException(Reason.PUSH_REJECTED, "protected", null);
      default -> null;
    };
    return new DestinationFacts(!matter.equals("not-asked"), failure,
        matter.equals("refused") ? List.of(new Refusal("a/link", "is a symbolic link")) : List.of(),
        matter.equals("incomplete") ? List.of(CONFIG_MAPS) : List.of(),
        !matter.startsWith("not-"),
        matter.equals("held") ? Optional.of(new MassDeletionGuard.Held(20, 20, "code")) : Optional.empty(),
        matter.equals("pending") ? 3 : 0,
        matter.equals("unmanaged") ? List.of(new Refusal("a/b.yaml", "is empty")) : List.of());
  }
}
