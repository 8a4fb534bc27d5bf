package io.hyperfleet.dryrun.convert;

import io.hyperfleet.dryrun.convert.Term.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The parameters of an adapter and the data that its preconditions fetch: each becomes a piece of CEL under its name.
 */
final class Parameters {

  private static final String TODO = "TODO";
  private static final Pattern ACTION = Pattern.compile("\\{\\{[^}]*}}");
  /** What the API answers of a resource. */
  private static final List<String> FIELDS = List.of("id", "kind", "name", "href", "labels", "spec", "generation",
      "status", "created_time", "updated_time", "deleted_time", "created_by", "updated_by", "deleted_by",
      "owner_references", "references");

  private final UpstreamFiles files;
  private final Map<String, String> environment;
  private final boolean nodePools;
  private final ImportReport report;
  private final Names names = new Names();
  private final Map<String, Object> parameters = new LinkedHashMap<>();

  Parameters(UpstreamFiles files, Map<String, String> environment, boolean nodePools, ImportReport report) {
    this.files = files;
    this.environment = environment;
    this.nodePools = nodePools;
    this.report = report;
    names.put("config", Term.any("{'adapter': {'name': adapter.name}}"));
  }

  Names names() {
    return names;
  }

  /** What {@code spec.parameters} holds. */
  Map<String, Object> values() {
    return parameters;
  }

  void read(Map<String, Object> param) {
    var name = UpstreamFiles.text(param.get("name"));
    var part = "params." + name;
    try {
      var term = typed(source(part, name, param), UpstreamFiles.text(param.get("type")));
      names.put(name, term);
      report.became(part, term.cel());
    } catch (Unconvertible e) {
      report.todo(part, e.getMessage());
      placeholder(name, param.get("default"));
    }
  }

  private Term source(String part, String name, Map<String, Object> param) {
    var otherwise = param.get("default");
    if (param.get("source") instanceof Map<?, ?> source) {
      if (source.get("api_call") instanceof Map<?, ?> call) {
        return response(UpstreamFiles.map(call));
      }
      if (source.get("expression") instanceof String expression) {
        return Term.written(names.cel(expression));
      }
      throw new Unconvertible(
          "a file of the pod has no counterpart: mount it into the adapter's objects, or put its content into "
              + "parameters." + name);
    }
    var source = UpstreamFiles.text(param.get("source"));
    if (source.startsWith("env.")) {
      return environment(part, name, source.substring(4), otherwise);
    }
    if (source.startsWith("config.")) {
      return config(part, name, source.substring(7), otherwise);
    }
    var path = Arrays.asList(source.split("\\."));
    var first = names.find(path.get(0));
    if (first.isPresent() && !path.get(0).equals("event")) {
      return path.size() == 1 ? first.get() : below(first.get(), path.subList(1, path.size()), otherwise);
    }
    return event(path.get(0).equals("event") ? path.subList(1, path.size()) : path, otherwise);
  }

  private static Term below(Term term, List<String> keys, Object otherwise) {
    return otherwise == null ? term.at(keys) : term.at(keys, otherwise);
  }

  private Term event(List<String> path, Object otherwise) {
    var resource = nodePools ? "nodepool" : "cluster";
    return switch (String.join(".", path)) {
      case "id" -> Term.text(resource + ".id");
      case "generation" -> new Term(resource + ".generation", Type.NUMBER);
      case "kind" -> Term.text("event.kind");
      case "owner_references.id", "owned_reference.id", "owner_reference.id" -> Term.text("cluster.id");
      default -> below(Term.any("event"), path, otherwise);
    };
  }

  private Term environment(String part, String name, String variable, Object otherwise) {
    var value = environment.containsKey(variable) ? environment.get(variable) : otherwise;
    if (value == null) {
      report.todo(part, "no environment variables: set parameters." + name + " to what " + variable
          + " was, or import it with --env " + variable + "=<value>");
    }
    names.put("env." + variable, Term.text("adapter.parameters." + name));
    return parameter(name, value == null ? TODO : value);
  }

  private Term config(String part, String name, String path, Object otherwise) {
    if (path.equals("adapter.name")) {
      return Term.text("adapter.name");
    }
    var found = files.config(path);
    var value = found == null ? otherwise : found;
    if (value == null) {
      report.todo(part, "the deployment configuration has no " + path + ": set parameters." + name);
    }
    names.put("config." + path, Term.any("adapter.parameters." + name));
    return parameter(name, value == null ? TODO : value);
  }

  private Term parameter(String name, Object value) {
    parameters.put(name, value);
    return new Term("adapter.parameters." + name, Term.typeOf(value));
  }

  /** So that expressions that use it can be converted. */
  private void placeholder(String name, Object value) {
    names.put(name, parameter(name, value == null ? TODO : value));
  }

  /** What an API call answers. */
  private Term response(Map<String, Object> call) {
    var url = ACTION.matcher(UpstreamFiles.text(call.get("url"))).replaceAll("ID").replaceFirst("\\?.*$", "")
        .replaceFirst("^(https?://[^/]+)?/?(api/hyperfleet/v1/)?", "");
    if (UpstreamFiles.text(call.get("method")).equals("GET")) {
      switch (url) {
        case "clusters/ID" -> {
          return Term.any("cluster");
        }
        case "nodepools/ID", "clusters/ID/nodepools/ID" -> {
          return Term.any("nodepool");
        }
        case "clusters/ID/statuses" -> {
          return Term.any("{'items': cluster.adapter_statuses}");
        }
        case "nodepools/ID/statuses", "clusters/ID/nodepools/ID/statuses" -> {
          return Term.any("{'items': nodepool.adapter_statuses}");
        }
        default -> {
          // Something else than the resource of the event.
        }
      }
    }
    throw new Unconvertible("an adapter asks for its own resource and the reports about it only, not for "
        + UpstreamFiles.text(call.get("method")) + " " + UpstreamFiles.text(call.get("url")));
  }

  private static Term typed(Term term, String type) {
    return switch (type) {
      case "string" -> term.type() == Type.TEXT || term.cel().startsWith("adapter.parameters.")
          ? new Term(term.cel(), Type.TEXT)
          : Term.text(term.asText());
      case "int", "int64" -> term.type() == Type.NUMBER ? term : new Term("int(" + term.cel() + ")", Type.NUMBER);
      case "float", "float64" -> new Term("double(" + term.cel() + ")", Type.NUMBER);
      case "bool" -> term.type() == Type.BOOL
          ? term
          : new Term("string(" + term.cel() + ") in ['true', '1', 'True', 'yes', 'on']", Type.BOOL);
      default -> term;
    };
  }

  /** A fetch of a precondition, and the fields that it captures. */
  void fetch(String name, Map<String, Object> call, List<Map<String, Object>> captures) {
    var part = "preconditions." + name;
    Term response;
    try {
      response = response(call);
      report.became(part + ".api_call", response.cel() + ", which is fetched anyway");
    } catch (Unconvertible e) {
      report.todo(part + ".api_call", e.getMessage());
      captures.forEach(capture -> placeholder(UpstreamFiles.text(capture.get("name")), capture.get("default")));
      return;
    }
    names.put(name, response);
    for (var capture : captures) {
      var captured = UpstreamFiles.text(capture.get("name"));
      try {
        var term = capture.get("field") instanceof String field
            ? field(response, field, capture.get("default"))
            : Term.written(within(response, name).cel(UpstreamFiles.text(capture.get("expression"))));
        names.put(captured, term);
        report.became(part + "." + captured, term.cel());
      } catch (Unconvertible e) {
        report.todo(part + "." + captured, e.getMessage());
        placeholder(captured, capture.get("default"));
      }
    }
  }

  /** The names that an expression over an answer sees. */
  private Names within(Term response, String name) {
    var inner = names.copy();
    inner.put(name, response);
    if (response.cel().startsWith("{")) {
      inner.put("items", Term.any(response.cel().substring("{'items': ".length(), response.cel().length() - 1)));
    } else {
      FIELDS.forEach(field -> inner.put(field, response.at(List.of(field))));
    }
    return inner;
  }

  private static Term field(Term response, String field, Object otherwise) {
    if (otherwise != null && field.matches("\\w+(\\.\\w+)*") && !response.cel().startsWith("{")) {
      return response.at(Arrays.asList(field.split("\\.")), otherwise);
    }
    var term = FieldPath.term(response, field);
    return otherwise == null
        ? term
        : Term.any(term.part() + " == null ? " + Term.literal(otherwise) + " : " + term.part());
  }

  /** A path over all that there is, as {@code conditions} and {@code field} name it; null where it is absent. */
  Term path(String path) {
    var bare = path.startsWith("{") ? path.replaceFirst("^\\{\\.?", "").replaceFirst("}$", "") : path;
    var keys = bare.split("[.\\[]", 2);
    var root = names.find(keys[0]).orElse(Term.any(keys[0]));
    return bare.equals(keys[0]) ? root : FieldPath.term(root, bare.substring(keys[0].length()));
  }
}
