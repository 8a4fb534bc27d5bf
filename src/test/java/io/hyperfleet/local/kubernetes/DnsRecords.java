package io.hyperfleet.local.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The custom resource that the dns adapter makes; served from the start, as a cluster with its operator would. */
final class DnsRecords {

  static final String GROUP = "dns.hyperfleet.io";
  static final String PLURAL = "dnsrecords";

  private static final String DEFINITION = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: dnsrecords.dns.hyperfleet.io
      spec:
        group: dns.hyperfleet.io
        scope: Namespaced
        names: {kind: DnsRecord, plural: dnsrecords, singular: dnsrecord, listKind: DnsRecordList}
        versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            additionalPrinterColumns:
              - {name: FQDN, type: string, jsonPath: .status.fqdn}
              - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  status:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
                    properties:
                      conditions:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [type]
                        items:
                          type: object
                          required: [type]
                          x-kubernetes-preserve-unknown-fields: true
                          properties: {type: {type: string}}
      """;

  private DnsRecords() {
  }

  static ObjectNode definition() {
    return Json.parseObject(DEFINITION.getBytes(StandardCharsets.UTF_8));
  }
}
