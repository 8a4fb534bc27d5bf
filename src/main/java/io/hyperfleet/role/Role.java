package io.hyperfleet.role;

import java.util.Locale;

/** A part of HyperFleet that a process can run. {@code hyperfleet.roles} lists those of this process. */
public enum Role {
  /** The HTTP API over PostgreSQL. */
  API,
  /** The relay that publishes the outbox to the broker. */
  OUTBOX,
  /** The Sentinel, which requests events for resources that are due. */
  SENTINEL,
  /** The adapters that act on events. */
  ADAPTERS,
  /** Mirrors objects in Kubernetes to Git. */
  GITOPS,
  /** The pages for operators, a client of the API. */
  CONSOLE;

  /** The word used in {@code hyperfleet.roles}, and the name of the folder of the role's routes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
