/** What {@code adapter lint} finds in the folders of adapters, by samples, and in what an API has stored. */
package io.hyperfleet.dryrun.lint;
