package io.hyperfleet.local.kubernetes.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.hyperfleet.local.kubernetes.resource.ApiError.Cause;
import io.hyperfleet.local.kubernetes.resource.ApiError;
import io.hyperfleet.local.kubernetes.resource.Catalog;
import io.hyperfleet.local.kubernetes.resource.Json;
import io.hyperfleet.local.kubernetes.resource.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the real server refuses with {@code 422 Invalid}: names, labels, and what a Job may and must not say. */
final class Validation {

  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String VALUE = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";
  private static final String KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

  private record Rule(Pattern pattern, int length, String text) {

    static Rule of(String regex, int length, String text) {
      return new Rule(Pattern.compile(regex), length, text + "regex used for validation is '" + regex + "')");
    }

    void check(String field, String value, List<Cause> causes) {
      if (!pattern.matcher(value).matches()) {
        causes.add(Cause.invalid(field, '"' + value + '"', text));
      }
      if (value.length() > length) {
        causes.add(Cause.invalid(field, '"' + value + '"', "must be no more than " + length + " bytes"));
      }
    }
  }

  private static final Rule DNS_LABEL = Rule.of(LABEL, 63, "a lowercase RFC 1123 label must consist of lower case "
      + "alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or "
      + "'123-abc', ");
  private static final Rule DNS_SUBDOMAIN = Rule.of(SUBDOMAIN, 253, "a lowercase RFC 1123 subdomain must consist of "
      + "lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. "
      + "'example.com', ");
  private static final Rule LABEL_VALUE = Rule.of(VALUE, 63, "a valid label must be an empty string or consist of "
      + "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. "
      + "'MyValue',  or 'my_value',  or '12345', ");
  private static final Rule QUALIFIED_NAME = Rule.of(KEY, 63, "name part must consist of alphanumeric characters, '-', "
      + "'_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or "
      + "'123-abc', ");

  private static final String IMMUTABLE = "field is immutable";

  private Validation() {
  }

  /** Throws for an object that may not be stored; {@code live} is null at its creation. */
  static void check(ResourceType type, JsonNode live, JsonNode object) {
    var causes = new ArrayList<Cause>();
    var name = Json.name(object);
    if (name.isEmpty()) {
      causes.add(Cause.required("metadata.name", "name or generateName is required"));
    } else if (!type.group().startsWith("rbac")) {
      (type == Catalog.NAMESPACES || type.plural().equals("services") ? DNS_LABEL : DNS_SUBDOMAIN)
          .check("metadata.name", name, causes);
    }
    labels("metadata.labels", object.path("metadata").path("labels"), causes);
    object.path("metadata").path("annotations").fieldNames().forEachRemaining(
        key -> key("metadata.annotations", key, causes));
    if (type == Catalog.JOBS) {
      job(live, object, causes);
    } else if (type == Catalog.DEPLOYMENTS) {
      deployment(live, object.path("spec"), causes);
    } else if (type == Catalog.DEFINITIONS) {
      Definitions.check(object, causes);
    } else if (type.custom()) {
      SchemaFields.required("", object, type.definition().at("/schema/openAPIV3Schema"), causes);
    }
    if (!causes.isEmpty()) {
      throw ApiError.invalid(type, name, causes);
    }
  }

  private static void labels(String field, JsonNode labels, List<Cause> causes) {
    labels.fields().forEachRemaining(label -> {
      key(field, label.getKey(), causes);
      LABEL_VALUE.check(field, label.getValue().asText(), causes);
    });
  }

  private static void key(String field, String key, List<Cause> causes) {
    var slash = key.indexOf('/');
    if (slash >= 0) {
      DNS_SUBDOMAIN.check(field, key.substring(0, slash), causes);
    }
    QUALIFIED_NAME.check(field, key.substring(slash + 1), causes);
  }

  private static void deployment(JsonNode live, JsonNode spec, List<Cause> causes) {
    if (spec.path("replicas").asInt() < 0) {
      causes.add(Cause.invalid("spec.replicas", spec.path("replicas").asText(), "must be greater than or equal to 0"));
    }
    var selector = spec.path("selector").path("matchLabels");
    var labels = spec.path("template").path("metadata").path("labels");
    if (!Json.fields(selector).stream().allMatch(label -> selector.get(label).equals(labels.get(label)))) {
      causes.add(Cause.invalid("spec.template.metadata.labels", labels.toString(),
          "`selector` does not match template `labels`"));
    }
    if (live != null && !spec.path("selector").equals(live.path("spec").path("selector"))) {
      causes.add(Cause.invalid("spec.selector", spec.path("selector").toString(), IMMUTABLE));
    }
  }

  private static void job(JsonNode live, JsonNode job, List<Cause> causes) {
    var template = job.path("spec").path("template");
    if (live != null) {
      var selector = job.path("spec").path("selector");
      if (selector.isMissingNode()) {
        // The server checks this twice.
        for (int i = 0; i < 2; i++) {
          causes.add(Cause.required("spec.selector", ""));
          causes.add(
              Cause.invalid("spec.template.metadata.labels", "null", "`selector` does not match template `labels`"));
        }
      }
      for (var field : List.of("completions", "selector", "template", "completionMode")) {
        var now = job.path("spec").path(field);
        if (!now.equals(live.path("spec").path(field))) {
          causes.add(Cause.invalid("spec." + field,
              field.equals("template") ? GoStructure.podTemplate(now) : now.isMissingNode() ? "null" : now.toString(),
              IMMUTABLE));
        }
      }
      return;
    }
    labels("spec.template.labels", template.path("metadata").path("labels"), causes);
    containers("spec.template.spec.containers", template.path("spec").path("containers"), causes);
    var policy = Json.text(template, "spec", "restartPolicy");
    if (policy.isEmpty() || policy.equals("Always")) {
      var allowed = "valid values: \"OnFailure\", \"Never\"";
      causes.add(Cause.required("spec.template.spec.restartPolicy", allowed));
    }
  }

  private static void containers(String field, JsonNode containers, List<Cause> causes) {
    if (containers.isEmpty()) {
      causes.add(Cause.required(field, ""));
    }
    for (int i = 0; i < containers.size(); i++) {
      var at = field + "[" + i + "]";
      if (Json.text(containers.path(i), "name").isEmpty()) {
        causes.add(Cause.required(at + ".name", ""));
      } else {
        DNS_LABEL.check(at + ".name", Json.text(containers.path(i), "name"), causes);
      }
      if (Json.text(containers.path(i), "image").isEmpty()) {
        causes.add(Cause.required(at + ".image", ""));
      }
    }
  }
}
