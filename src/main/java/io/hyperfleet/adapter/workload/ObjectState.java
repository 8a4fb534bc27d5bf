package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * An object of a resource-adapter as it is in Kubernetes, beside what is wanted; routes see it as {@code object}.
 *
 * @param wanted what the manifest says
 * @param existing what is there, null when there is nothing
 * @param index of the manifest, from 0
 * @param look the how manieth look at it in this event, from 1
 * @param launched whether it is a Job that was launched for this generation, and must not be made again
 * @param ours whether its labels say that it is the adapter's
 * @param newer whether it was made for a later generation
 * @param deleting whether it is being deleted
 * @param asWanted whether applying the manifest would change nothing
 * @param changed whether it was made of another manifest and is to be recreated then
 * @param announced whether the API knows that it is replaced; only Jobs are announced
 */
public record ObjectState(WantedObject wanted, GenericKubernetesResource existing, int index, int look,
    boolean launched, boolean ours,
    boolean newer, boolean deleting, boolean asWanted, boolean changed, boolean announced) {

  /** Whether there is an object of its kind and name. */
  public boolean found() {
    return existing != null;
  }
}
