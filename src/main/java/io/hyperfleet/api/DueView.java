package io.hyperfleet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hyperfleet.resource.list.DueResource;

/** An item of the due list, with the whole resource if requested. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DueView(@JsonUnwrapped DueResource due, ResourceView resource) {}
