/** The checks of {@code adapter lint}: adapter folders, samples, and stored resources of an API. */
package io.hyperfleet.dryrun.lint;
