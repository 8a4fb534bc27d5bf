package io.hyperfleet.local.pubsub.contract;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** Google's emulator fulfils the same contract, where there is one: so the contract is not ours alone. */
class GoogleEmulatorPubSubIT {

  private static GoogleEmulator emulator;
  private static PubSubTarget target;

  @BeforeAll
  static void find() throws Exception {
    var found = GoogleEmulator.find();
    assumeTrue(found.isPresent(), GoogleEmulator.NOT_FOUND);
    emulator = found.get();
    target = new PubSubTarget(emulator.endpoint(), true);
  }

  @AfterAll
  static void stop() throws Exception {
    if (emulator != null) {
      emulator.close();
    }
  }

  @Nested
  class Lifecycle extends PubSubLifecycleContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Publish extends PubSubPublishContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Delivery extends PubSubDeliveryContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Streaming extends PubSubStreamingContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Policies extends PubSubPolicyContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class GoogleClient extends PubSubGoogleClientContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }

  @Nested
  class Camel extends PubSubCamelContract {
    @Override
    PubSubTarget target() {
      return target;
    }
  }
}
