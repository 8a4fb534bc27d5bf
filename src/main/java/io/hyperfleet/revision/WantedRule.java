package io.hyperfleet.revision;

/** Who has a say in what becomes wanted, and says how it reaches resources. Called in the transaction that decides. */
public interface WantedRule {

  /**
   * Whether a revision does not become wanted although every living process has it.
   *
   * @param inWaves whether it declares a rollout
   */
  boolean holds(String adapter, String digest, boolean inWaves);

  /**
   * A revision has become wanted.
   *
   * @param kind what the adapter acts on, or null
   * @param before what was wanted, or null
   * @param inWaves whether it declares a rollout
   */
  void changed(String adapter, String kind, WantedRevision before, WantedRevision now, boolean inWaves);
}
