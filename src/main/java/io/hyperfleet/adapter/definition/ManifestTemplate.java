package io.hyperfleet.adapter.definition;

import io.hyperfleet.adapter.expression.ExpressionErrors;
import io.hyperfleet.adapter.expression.TemplateText;
import io.hyperfleet.adapter.expression.TemplateText.InvalidTemplateException;
import io.hyperfleet.adapter.folder.AdapterProblems;
import io.hyperfleet.adapter.folder.YamlDocument;
import io.hyperfleet.cel.CelEngine;
import io.hyperfleet.cel.CelEvaluationException;
import io.hyperfleet.cel.CelProgram;
import io.hyperfleet.cel.CpuTime;
import io.hyperfleet.policy.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A Kubernetes manifest with {@code ${CEL}} in strings. It is parsed as YAML first and rendered afterwards, so that no
 * value can change its structure; keys are rendered like values. Immutable.
 */
public final class ManifestTemplate {

  /** Maximum characters of a rendered manifest; Kubernetes itself stores about 1.5 MB. */
  static final int MAX_CHARACTERS = 1024 * 1024;
  /** Time limit for rendering a manifest; each expression also has its own limit. */
  private static final Duration MAX_TIME = Duration.ofSeconds(1);

  private final YamlDocument document;
  private final String name;
  private final Map<String, TemplateText> texts;
  private final Map<String, String> paths;

  private ManifestTemplate(String name, YamlDocument document, Map<String, TemplateText> texts,
      Map<String, String> paths) {
    this.paths = paths;
    this.name = name;
    this.document = document;
    this.texts = texts;
  }

  /** Compiles a document; adds problems to the list, in which case the template must not be used. */
  static ManifestTemplate compile(String name, YamlDocument document, CelEngine engine, Set<String> variables,
      AdapterProblems problems) {
    Map<String, TemplateText> texts = new LinkedHashMap<>();
    Map<String, String> paths = new LinkedHashMap<>();
    new Object() {
      void visit(Object value, String path) {
        if (value instanceof Map<?, ?> map) {
          map.forEach((key, item) -> {
            text((String) key, YamlDocument.child(path, (String) key));
            visit(item, YamlDocument.child(path, (String) key));
          });
        } else if (value instanceof List<?> list) {
          for (int i = 0; i < list.size(); i++) {
            visit(list.get(i), YamlDocument.child(path, i));
          }
        } else if (value instanceof String text) {
          text(text, path);
        }
      }

      void text(String text, String path) {
        if (text.contains("${") && !texts.containsKey(text)) {
          try {
            texts.put(text, TemplateText.compile(text, engine, variables));
            paths.put(text, path);
          } catch (InvalidTemplateException e) {
            problems.error(document, path, e.getMessage());
          }
        }
      }
    }.visit(document.value(), "");
    return new ManifestTemplate(name, document, Map.copyOf(texts), paths);
  }

  /** The name of the applied object in CEL: {@code resources.<name>}. */
  public String name() {
    return name;
  }

  /** The kind of the manifest's object, from the file. */
  public Type type() {
    var manifest = (Map<?, ?>) document.value();
    return new Type(String.valueOf(manifest.get("apiVersion")), String.valueOf(manifest.get("kind")));
  }

  /** A kind of Kubernetes object. */
  public record Type(String apiVersion, String kind) {}

  /** The manifest before rendering: keys and values with an expression are {@link Unknown}. */
  public Map<Object, Object> outline() {
    return new ManifestOutline(texts).of((Map<?, ?>) document.value());
  }

  /** The file that it was read from. */
  public String file() {
    return document.file();
  }

  YamlDocument document() {
    return document;
  }

  /** All expressions of the manifest, by the path of the text that contains them. */
  Map<String, List<CelProgram>> programs() {
    Map<String, List<CelProgram>> programs = new LinkedHashMap<>();
    paths.forEach((text, path) -> programs.computeIfAbsent(path, at -> new ArrayList<>())
        .addAll(texts.get(text).programs()));
    return programs;
  }

  /**
   * Renders the manifest.
   *
   * @return a new mutable map that shares nothing with the template or the variables
   * @throws ManifestException when an expression has no result; the message names file, line, key and expression
   */
  public Map<String, Object> render(Map<String, ?> variables) {
    return render(variables, CpuTime::nanos);
  }

  /** The texts that cannot be rendered; empty if {@link #render} succeeds. */
  public List<ManifestException> failures(Map<String, ?> variables) {
    List<ManifestException> failures = new ArrayList<>();
    paths.forEach((text, path) -> {
      try {
        new Rendering(variables, CpuTime::nanos).text(text, path);
      } catch (ManifestException e) {
        failures.add(e);
      }
    });
    return failures;
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> render(Map<String, ?> variables, LongSupplier nanoTime) {
    return (Map<String, Object>) new Rendering(variables, nanoTime).fill(document.value(), "");
  }

  /** The number of characters of all text in a value, including keys; any other value counts as one. */
  static long characters(Object value) {
    if (value instanceof String text) {
      return text.length();
    }
    if (value instanceof Map<?, ?> map) {
      long sum = 1;
      for (var entry : map.entrySet()) {
        sum += characters(entry.getKey()) + characters(entry.getValue());
      }
      return sum;
    }
    return value instanceof List<?> list ? 1 + list.stream().mapToLong(ManifestTemplate::characters).sum() : 1;
  }

  private final class Rendering {
    private final Map<String, ?> variables;
    private final LongSupplier nanoTime;
    private final long started;
    private long characters;

    Rendering(Map<String, ?> variables, LongSupplier nanoTime) {
      this.variables = variables;
      this.nanoTime = nanoTime;
      this.started = nanoTime.getAsLong();
    }

    Object fill(Object value, String path) {
      if (value instanceof Map<?, ?> map) {
        Map<String, Object> filled = new LinkedHashMap<>();
        map.forEach((key, item) -> {
          String at = YamlDocument.child(path, (String) key);
          if (!(text((String) key, at) instanceof String name)) {
            throw failure(at, "the key must be text", null);
          }
          if (filled.containsKey(name)) {
            throw failure(at, "duplicate key after rendering", null);
          }
          filled.put(name, fill(item, at));
        });
        return filled;
      }
      if (value instanceof List<?> list) {
        List<Object> filled = new ArrayList<>(list.size());
        for (Object item : list) {
          filled.add(fill(item, YamlDocument.child(path, filled.size())));
        }
        return filled;
      }
      return value instanceof String text ? text(text, path) : value;
    }

    private Object text(String text, String path) {
      TemplateText template = texts.get(text);
      Object value;
      try {
        value = template == null ? text : template.render(variables);
      } catch (CelEvaluationException e) {
        throw failure(path, "${" + e.expression() + "}: " + ExpressionErrors.reason(e), e);
      } catch (IllegalArgumentException e) {
        throw failure(path, e.getMessage(), e);
      }
      if (template != null && nanoTime.getAsLong() - started > MAX_TIME.toNanos()) {
        throw failure(path, "rendering the manifest took longer than " + MAX_TIME.toMillis() + " ms", null);
      }
      characters += characters(value);
      if (characters > MAX_CHARACTERS) {
        throw failure(path, "the rendered manifest exceeds " + MAX_CHARACTERS + " characters", null);
      }
      return value;
    }

    private ManifestException failure(String path, String message, Throwable cause) {
      return new ManifestException(document.file(), document.line(path), path, message, cause);
    }
  }
}
