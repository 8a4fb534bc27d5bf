/** What can go wrong for a caller of the API: the catalogue of errors and the exception that carries one. */
package io.hyperfleet.problem;
