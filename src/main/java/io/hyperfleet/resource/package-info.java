/** Resources of every kind: model, validation, and the transactions that change them. */
package io.hyperfleet.resource;
