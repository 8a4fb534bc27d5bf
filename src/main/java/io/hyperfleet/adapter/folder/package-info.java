/**
 * Reads the folders of partners' adapters: YAML with the position of each value, and problems.
 */
package io.hyperfleet.adapter.folder;
