package io.hyperfleet.doctor;

import io.hyperfleet.kind.Kinds;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.Binder;

/** What a HyperFleet needs, and how each is looked at. None of the looks changes anything. */
enum Part {
  API {
    @Override
    String look(Binder configuration, Kinds kinds) throws Exception {
      return ApiPart.look(configuration);
    }
  },
  BROKER {
    @Override
    String look(Binder configuration, Kinds kinds) throws Exception {
      return BrokerPart.look(configuration, kinds);
    }
  },
  DATABASE {
    @Override
    String look(Binder configuration, Kinds kinds) throws Exception {
      return DatabasePart.look(configuration);
    }
  },
  KUBERNETES {
    @Override
    String look(Binder configuration, Kinds kinds) {
      return KubernetesPart.look(configuration);
    }
  };

  /**
   * Looks at it.
   *
   * @return what is there, for people
   * @throws Wrong with what is wrong and what to do about it; what else is thrown is a failure of its own
   */
  abstract String look(Binder configuration, Kinds kinds) throws Exception;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
