package io.hyperfleet.adapter.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * The actual and the wanted state of an object of a resource-adapter; routes see it as {@code object}.
 *
 * @param wanted the object from the manifest
 * @param existing the existing object, or null
 * @param index of the manifest, from 0
 * @param look how often this event has read it, from 1
 * @param launched whether it is a Job that was launched for this generation and must not be rerun
 * @param ours whether it belongs to the adapter, by its labels
 * @param newer whether it was created for a later generation
 * @param deleting whether it is being deleted
 * @param asWanted whether applying the manifest would change nothing
 * @param changed whether it was created from another manifest and is to be recreated
 * @param announced whether its replacement was announced to the API; only for Jobs
 */
public record ObjectState(WantedObject wanted, GenericKubernetesResource existing, int index, int look,
    boolean launched, boolean ours,
    boolean newer, boolean deleting, boolean asWanted, boolean changed, boolean announced) {

  /** Whether there is an object of its kind and name. */
  public boolean found() {
    return existing != null;
  }
}
