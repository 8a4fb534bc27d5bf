package io.hyperfleet.adapter.template;

/**
 * A route template that an adapter may name in {@code spec.template}.
 *
 * @param name the template's id
 * @param workload what an adapter of it makes, which decides what its {@code adapter.yaml} may say
 */
public record AdapterTemplate(String name, Workload workload) {

  /** What adapters of a template make. */
  public enum Workload {
    /** One Job per generation: {@code spec.manifest}, seen by CEL as {@code resources.job}. */
    JOB,
    /** Any objects, with the names of their manifests: {@code spec.manifests}. */
    RESOURCES
  }

  /** Whether adapters of this template run a Job. */
  public boolean runsJob() {
    return workload == Workload.JOB;
  }
}
