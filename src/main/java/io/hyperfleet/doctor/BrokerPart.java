package io.hyperfleet.doctor;

import com.google.api.gax.rpc.NotFoundException;
import io.hyperfleet.broker.BrokerAdmin;
import io.hyperfleet.broker.BrokerProperties;
import io.hyperfleet.broker.PubSubConnection;
import io.hyperfleet.kind.Kind;
import io.hyperfleet.kind.Kinds;
import io.hyperfleet.log.FailureMessage;
import java.io.IOException;
import java.util.ArrayList;
import org.springframework.boot.context.properties.bind.Binder;

/** Checks that Pub/Sub responds and has the topics of all kinds; creates nothing. */
final class BrokerPart {

  private BrokerPart() {}

  static String look(Binder configuration, Kinds kinds) throws Wrong {
    var given = configuration.bindOrCreate("hyperfleet.broker", BrokerProperties.class);
    var properties = new BrokerProperties(given.projectId(), given.emulatorHost(), false, given.deadLetterTopic(),
        given.orderingKeys(), given.requestTimeout(), given.subscription(), given.flowControl());
    var where = properties.emulatorHost().isBlank() ? "Google Cloud" : "the emulator " + properties.emulatorHost();
    var connection = new PubSubConnection(properties);
    var admin = new BrokerAdmin(properties, connection);
    var topics = new ArrayList<String>();
    try {
      for (Kind kind : kinds.all()) {
        look(admin, kind.topic(), where, given);
        topics.add(kind.topic());
      }
    } finally {
      admin.destroy();
      connection.destroy();
    }
    return where + ", project " + properties.projectId() + ", topics " + String.join(", ", topics);
  }

  private static void look(BrokerAdmin admin, String topic, String where, BrokerProperties given) throws Wrong {
    try {
      admin.requireTopic(topic);
    } catch (NotFoundException e) {
      if (!given.createMissing()) {
        throw new Wrong(where + " has no topic " + topic + " in the project " + given.projectId()
            + ": create it, or set hyperfleet.broker.create-missing=true");
      }
    } catch (IOException | RuntimeException e) {
      throw new Wrong(where + " does not answer: " + FailureMessage.of(e).lines().findFirst().orElse("")
          + (given.emulatorHost().isBlank()
              ? "; give credentials with GOOGLE_APPLICATION_CREDENTIALS, or an emulator with PUBSUB_EMULATOR_HOST"
              : "; start it, or check PUBSUB_EMULATOR_HOST and hyperfleet.broker.emulator-host"));
    }
  }
}
