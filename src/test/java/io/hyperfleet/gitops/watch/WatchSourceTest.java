package io.hyperfleet.gitops.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.hyperfleet.gitops.ResourceType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Informers have routes of their own. */
class WatchSourceTest {

  @Test
  void sourcesHaveRoutesOfTheirOwn() {
    assertThat(List.of(source("a.b.com", "", ""), source("a-b.com", "", ""), source("a.b-com", "", ""),
        source("a.b.com", "x", ""),
        source("a.b.com", "", "a=Aa"), source("a.b.com", "", "a=BB"))).extracting(WatchSource::routeId)
        .doesNotHaveDuplicates().contains("gitops-watch-a-b-com-v1-things", "gitops-watch-a-b-com-v1-things-in-x");
  }

  private static WatchSource source(String group, String namespace, String labels) {
    return new WatchSource(new ResourceType(group, "v1", "things"), namespace, labels, List.of());
  }
}
