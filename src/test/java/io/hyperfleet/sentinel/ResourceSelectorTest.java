package io.hyperfleet.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hyperfleet.sentinel.ResourceSelector.Label;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceSelectorTest {

  @Test
  void writesAllLabelsAsASearchAndAsATag() {
    var selector = ResourceSelector.of(List.of(new Label("region", "us-east1"), new Label("example.com/shard", "1")));

    assertThat(selector.search()).isEqualTo("labels.`region` = 'us-east1' and labels.`example.com/shard` = '1'");
    assertThat(selector).hasToString("region:us-east1,example.com/shard:1");
    assertThat(ResourceSelector.of(List.of())).hasToString("all").matches(ResourceSelector::isEmpty);
  }

  @ParameterizedTest
  @CsvSource({"region,' or 1=1", "re`gion,x", "{{env:HOME}},x", "region,''", ",x", "region,a b"})
  void refusesWhatIsNoLabel(String label, String value) {
    assertThatThrownBy(() -> ResourceSelector.of(List.of(new Label("ok", "ok"), new Label(label, value))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hyperfleet.sentinel.resource-selector[1].");
  }
}
