package io.hyperfleet.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whether what is published now may go to nobody, since consumers of this process are about to get a subscription. */
class SubscriptionsTest {

  private final Subscriptions subscriptions = new Subscriptions(Duration.ofHours(1));

  @Test
  void withoutConsumersNothingIsAwaited() {
    assertThat(subscriptions.areConnecting()).isFalse();
  }

  @Test
  void eachConsumerIsAwaitedUntilItHasItsSubscription() {
    declare("one", "other");
    subscriptions.connected("one");
    assertThat(subscriptions.areConnecting()).isTrue();
    subscriptions.connected("other");
    assertThat(subscriptions.areConnecting()).isFalse();
  }

  @Test
  void oneThatKnowsWhyItHasNoneHoldsNobodyUp() {
    declare("missing", "unreachable");
    subscriptions.failed("missing", "subscription missing is missing", true);
    subscriptions.failed("unreachable", "broker unavailable", false);
    assertThat(subscriptions.areConnecting()).isFalse();
  }

  @Test
  void oneThatIsWithdrawnIsNotAwaited() {
    declare("gone");
    subscriptions.withdraw("gone", "adapter");
    assertThat(subscriptions.areConnecting()).isFalse();
  }

  @Test
  void oneThatNeverLooksHoldsNobodyUpForLong() {
    var hasty = new Subscriptions(Duration.ZERO);
    hasty.declare("stopped", "topic", "adapter", true);
    assertThat(hasty.areConnecting()).isFalse();
  }

  private void declare(String... names) {
    for (String name : names) {
      subscriptions.declare(name, "topic", "adapter", true);
    }
  }
}
