/** The documentation under test: what it shows is read, checked and run. */
package io.hyperfleet.docs;
