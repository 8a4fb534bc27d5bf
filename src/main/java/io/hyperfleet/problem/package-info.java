/** Problems of the API: the catalogue of codes, and the exception. */
package io.hyperfleet.problem;
