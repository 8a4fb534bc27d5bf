package io.hyperfleet.dryrun.input;

import io.hyperfleet.adapter.definition.AdapterSchema;
import io.hyperfleet.adapter.folder.AdapterProblem;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Kinds of inputs of a dry run, each with a schema in {@code schemas/adapter-inputs-v1.json}. */
enum InputKind {

  /** A cluster or a node pool. */
  RESOURCE,
  /** A report of an adapter. */
  STATUS,
  /** An object in Kubernetes. */
  OBJECT,
  /** Requests that fail. */
  FAULT,
  /** A CloudEvent or its data. */
  EVENT;

  private static final String LOCATION = "/schemas/adapter-inputs-v1.json";

  private final AdapterSchema schema = new AdapterSchema(LOCATION, name().toLowerCase(Locale.ROOT));

  /**
   * The value of a document, a map.
   *
   * @throws InputException when it is none of this kind; a line for each thing that is wrong, with file, line and key
   */
  @SuppressWarnings("unchecked")
  Map<String, Object> checked(YamlDocument document) {
    var problems = new AdapterProblems("");
    schema.check(document, problems);
    if (problems.hasErrors()) {
      throw new InputException(problems.list().stream().map(AdapterProblem::toString)
          .collect(Collectors.joining(System.lineSeparator())));
    }
    return (Map<String, Object>) document.value();
  }
}
