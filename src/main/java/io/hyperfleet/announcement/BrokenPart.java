package io.hyperfleet.announcement;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is wrong in an adapter's folder.
 *
 * @param file with what is wrong in it, or null
 * @param line in the file, from 1, or null
 * @param message what is wrong
 * @param announcers how many processes that live say so, or null where that is not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BrokenPart(String file, Integer line, String message, Integer announcers) {}
