package io.hyperfleet.local.kubernetes.operate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hyperfleet.local.kubernetes.resource.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The custom resources that the adapters make, served from the start, as a cluster with their operators would: the
 * chart's own {@code crds/} and those of others. They are read from the class path, where the build puts both.
 */
public final class CustomResources {

  static final String GROUP = "dns.hyperfleet.io";
  static final String PLURAL = "dnsrecords";

  private static final List<String> FILES = List.of("/crds/dnsrecords.yaml", "/kubernetes/crds/dnsendpoints.yaml");

  private CustomResources() {
  }

  public static List<ObjectNode> definitions() {
    return FILES.stream().map(CustomResources::read).toList();
  }

  private static ObjectNode read(String file) {
    try (var in = Objects.requireNonNull(CustomResources.class.getResourceAsStream(file), file)) {
      return Json.parseObject(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
