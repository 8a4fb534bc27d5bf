package io.hyperfleet.adapter.template;

/**
 * A route template that an adapter may name in {@code spec.template}.
 *
 * @param name the template's id
 * @param workload kind of workload, which decides the allowed keys in {@code adapter.yaml}
 */
public record AdapterTemplate(String name, Workload workload) {

  /** Kind of workload of a template's adapters. */
  public enum Workload {
    /** One Job per generation: {@code spec.manifest}, in CEL {@code resources.job}. */
    JOB,
    /** Any objects, by the names of their manifests: {@code spec.manifests}. */
    RESOURCES
  }

  /** Whether adapters of this template run a Job. */
  public boolean runsJob() {
    return workload == Workload.JOB;
  }
}
