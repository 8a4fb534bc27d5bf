package io.hyperfleet.doctor;

import io.hyperfleet.kind.Kinds;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.Binder;

/** The services of HyperFleet, with a read-only check of each. */
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
   * Checks it.
   *
   * @return the result, for people
   * @throws Wrong with the problem and what to do; other exceptions are unexpected failures
   */
  abstract String look(Binder configuration, Kinds kinds) throws Exception;

  /** As it is typed. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
