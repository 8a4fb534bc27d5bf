/** The route templates that adapters may name: the built-in ones and those of operators. */
package io.hyperfleet.adapter.template;
