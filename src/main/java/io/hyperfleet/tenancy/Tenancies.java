package io.hyperfleet.tenancy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.hyperfleet.problem.Problem;
import io.hyperfleet.problem.ProblemCode;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Reads the tenant of a request from its headers. Immutable. */
public final class Tenancies {

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._-]{1,63}");

  private final List<TenancyProperties.Dimension> dimensions;

  /**
   * Checks the configuration.
   *
   * @throws IllegalArgumentException with the key and the rule
   */
  Tenancies(TenancyProperties properties) {
    this.dimensions = properties.enabled() ? List.copyOf(properties.dimensions()) : List.of();
    check(!properties.enabled() || dimensions.stream().anyMatch(TenancyProperties.Dimension::required),
        "dimensions", "at least one must be required, or hyperfleet.tenancy.enabled=false");
    for (int i = 0; i < dimensions.size(); i++) {
      var dimension = dimensions.get(i);
      check(dimension.header() != null && HEADER.matcher(dimension.header()).matches(), "dimensions[" + i + "].header",
          "must be the name of a header");
      check(dimension.key() != null && KEY.matcher(dimension.key()).matches(), "dimensions[" + i + "].key",
          "must be a lower-case word of letters, digits and '_'");
    }
    check(dimensions.stream().map(dimension -> dimension.header().toLowerCase(Locale.ROOT)).distinct()
        .count() == dimensions.size(), "dimensions", "must not contain duplicate headers");
    check(dimensions.stream().map(TenancyProperties.Dimension::key).distinct().count() == dimensions.size(),
        "dimensions", "must not contain duplicate keys");
  }

  /**
   * The tenant of a request; {@link Tenant#ANY} while tenancy is off.
   *
   * @param header gives a header's value, or null
   * @throws Problem {@code PERMISSION_DENIED} when a required dimension is missing, or one is not 1 to 63 letters,
   * digits, '.', '_' and '-'
   */
  public Tenant of(UnaryOperator<String> header) {
    if (dimensions.isEmpty()) {
      return Tenant.ANY;
    }
    var tenant = JsonNodeFactory.instance.objectNode();
    for (var dimension : dimensions) {
      var value = header.apply(dimension.header());
      if (value == null || value.isEmpty() ? dimension.required() : !VALUE.matcher(value).matches()) {
        throw new Problem(ProblemCode.PERMISSION_DENIED,
            "Header " + dimension.header() + " must be 1 to 63 letters, digits, '.', '_' and '-'");
      }
      if (value != null && !value.isEmpty()) {
        tenant.put(dimension.key(), value);
      }
    }
    return new Tenant(tenant, true);
  }

  private static void check(boolean valid, String key, String rule) {
    if (!valid) {
      throw new IllegalArgumentException("hyperfleet.tenancy." + key + ": " + rule);
    }
  }
}
