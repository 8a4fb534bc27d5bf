package io.hyperfleet.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.hyperfleet.resource.list.DueResource;

/** An item of the list of what is due, with the whole resource where that was asked for. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DueView(@JsonUnwrapped DueResource due, ResourceView resource) {}
