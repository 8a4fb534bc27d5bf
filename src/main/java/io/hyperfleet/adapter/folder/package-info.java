/**
 * Reads what partners wrote: the folders of adapters, their YAML with the place of each value, and the problems found
 * in it.
 */
package io.hyperfleet.adapter.folder;
