package io.hyperfleet.kubernetes;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Validates names and labels as Kubernetes does. Everything that becomes part of a URL is checked here first:
 * Kubernetes' client does not escape names in URLs, so that {@code x?watch=true} would be another request. See
 * <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object Names and IDs</a>.
 */
public final class ObjectNames {

  private static final String PART = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final Rule SUBDOMAIN = new Rule(253, PART + "(\\." + PART + ")*",
      "up to 253 lower-case letters, digits, '-' and '.', where each part between dots starts and ends with a letter "
          + "or digit");
  private static final Rule LABEL = new Rule(63, PART,
      "up to 63 lower-case letters, digits and '-', starting and ending with a letter or digit");
  /** The characters that Kubernetes allows and that have no meaning in a URL. */
  private static final Rule PATH_SEGMENT = new Rule(253, "(?!\\.{1,2}$)[A-Za-z0-9._:@-]+",
      "up to 253 letters, digits, '.', '_', ':', '@' and '-'");
  private static final Rule QUALIFIED = new Rule(63, "[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?",
      "up to 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit");
  private static final String KEY_FORM = ", optionally after a DNS subdomain and '/'";
  private static final Rule LABEL_VALUE = new Rule(63, "(" + QUALIFIED.form() + ")?",
      QUALIFIED.allowed() + "; or empty");

  private static final String RBAC = "rbac.authorization.k8s.io/";
  private static final int SHOWN = 100;
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");

  private ObjectNames() {}

  private record Rule(int longest, Pattern pattern, String allowed) {

    Rule(int longest, String form, String allowed) {
      this(longest, Pattern.compile(form), allowed);
    }

    String form() {
      return pattern.pattern();
    }

    boolean allows(String text) {
      // The length first, so that long text is not matched.
      return text.length() <= longest && pattern.matcher(text).matches();
    }

    String check(String what, String text) {
      if (!allows(text)) {
        throw invalid(what, text, allowed);
      }
      return text;
    }
  }

  /**
   * The name of an object, as it is: a DNS label for namespaces, a segment of a path for roles and their bindings, a
   * DNS subdomain for all others.
   *
   * @param what origin of the name, for the message; empty if the context already names it
   * @throws IllegalArgumentException when an object of this kind cannot have this name; the message shows 100
   * characters of it at most
   */
  public static String name(String what, String apiVersion, String kind, String name) {
    return rule(apiVersion, kind).check(what, name);
  }

  /** Whether an object of this kind may have this name. */
  public static boolean isName(String apiVersion, String kind, String name) {
    return name != null && rule(apiVersion, kind).allows(name);
  }

  private static Rule rule(String apiVersion, String kind) {
    return apiVersion.startsWith(RBAC)
        ? PATH_SEGMENT
        : kind.equals("Namespace") && apiVersion.equals("v1") ? LABEL : SUBDOMAIN;
  }

  /**
   * The name of a namespace, as it is.
   *
   * @throws IllegalArgumentException when it is not a DNS label
   */
  public static String namespace(String what, String namespace) {
    return LABEL.check(what, namespace);
  }

  /**
   * Labels to select objects by, as they are.
   *
   * @throws IllegalArgumentException when one is a label that no object can have
   */
  public static Map<String, String> labels(String what, Map<String, String> labels) {
    labels.forEach((key, value) -> {
      labelKey(what, key);
      LABEL_VALUE.check(what.isEmpty() ? what : what + "." + key, value);
    });
    return labels;
  }

  /**
   * The key of a label, as it is.
   *
   * @throws IllegalArgumentException when no label can have this key
   */
  public static String labelKey(String what, String key) {
    int slash = key.indexOf('/');
    if (!(slash < 0 || SUBDOMAIN.allows(key.substring(0, slash))) || !QUALIFIED.allows(key.substring(slash + 1))) {
      throw invalid(what, key, QUALIFIED.allowed() + KEY_FORM);
    }
    return key;
  }

  private static IllegalArgumentException invalid(String what, String text, String allowed) {
    return new IllegalArgumentException(
        (what.isEmpty() ? "" : what + ": ") + "'" + shown(text) + "' is not allowed; allowed: " + allowed);
  }

  /** Cleaned for logs and terminals. */
  private static String shown(String text) {
    var cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return UNFIT.matcher(cut).replaceAll("?");
  }
}
