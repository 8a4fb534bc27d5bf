{{/* The properties that the chart sets for a component; they win over config. Call with root and it, the component. */}}
{{- define "hyperfleet.config" -}}
{{- $root := .root -}}
{{- $it := .it -}}
{{- $values := $it.values -}}
{{- $api := printf "http://%s-api:%v" (include "hyperfleet.fullname" $root) $root.Values.api.service.port -}}
spring:
  flyway:
    enabled: {{ not $root.Values.migration.enabled }}
  {{- if and (eq $it.role "gitops") $values.audit.tokenSecret }}
  ssl:
    bundle:
      pem:
        audit:
          reload-on-update: true
          keystore:
            certificate: /etc/hyperfleet/audit-tls/tls.crt
            private-key: /etc/hyperfleet/audit-tls/tls.key
  {{- end }}
{{- if and (eq $it.role "console") $values.ingress.enabled }}
# The Ingress knows which address the user typed
server:
  forward-headers-strategy: native
{{- end }}
{{- if eq $root.Values.logging.format "json" }}
logging:
  structured:
    format:
      console: logstash
{{- end }}
hyperfleet:
  roles: {{ $it.role }}
  tracing:
    enabled: {{ $root.Values.tracing.enabled }}
  broker:
    project-id: {{ $root.Values.broker.projectId }}
    emulator-host: {{ $root.Values.broker.emulatorHost | quote }}
    create-missing: {{ $root.Values.broker.createMissing }}
    dead-letter-topic: {{ $root.Values.broker.deadLetterTopic | quote }}
    ordering-keys: {{ $root.Values.broker.orderingKeys }}
  {{- if has $it.role (list "sentinel" "adapters") }}
  api:
    base-url: {{ $api }}
    {{- if $root.Values.apiToken.enabled }}
    token-file: /var/run/secrets/hyperfleet/token
    {{- end }}
  {{- end }}
  {{- if eq $it.role "console" }}
  console:
    api-url: {{ $api }}
    {{- if $values.login.issuerUrl }}
    login:
      issuer-url: {{ $values.login.issuerUrl }}
      client-id: {{ $values.login.clientId | quote }}
      scopes: {{ toJson $values.login.scopes }}
    {{- else if dig "hyperfleet" "auth" "enabled" true $root.Values.config }}
    {{- fail "console.login.issuerUrl and clientId are required, or config.hyperfleet.auth.enabled: false" }}
    {{- end }}
  {{- end }}
  {{- if and (eq $it.role "sentinel") $values.leaderElection }}
  sentinel:
    {{- include "hyperfleet.election" (dict "root" $root "it" $it) | nindent 4 }}
  {{- end }}
  {{- if eq $it.role "gitops" }}
  gitops:
    {{- if $values.repository.url }}
    repositories:
      - name: fleet
        url: {{ $values.repository.url }}
        {{- if $values.repository.credentialsSecret }}
        credentials: /etc/hyperfleet/git
        {{- end }}
    {{- if include "hyperfleet.gitopsDestinations" $it }}
    destinations-file: /etc/hyperfleet/config/destinations.yaml
    {{- end }}
    {{- end }}
    {{- if $values.audit.tokenSecret }}
    audit:
      enabled: true
      token-file: /etc/hyperfleet/audit/token
      ssl-bundle: audit
    {{- end }}
    {{- if $values.redactionSecret }}
    secrets:
      mode: REDACT
      key-file: /etc/hyperfleet/redaction/key
    {{- end }}
    reconcile:
      confirmations-file: /etc/hyperfleet/config/confirmations
    {{- include "hyperfleet.election" (dict "root" $root "it" $it) | nindent 4 }}
  {{- end }}
  {{- if eq $it.role "adapters" }}
  adapters:
    enabled: {{ keys $it.adapters | sortAlpha | toJson }}
    {{- $folders := list }}
    {{- range $name, $adapter := $it.adapters }}
    {{- if $adapter.definition }}{{ $folders = append $folders $name }}{{ end }}
    {{- end }}
    {{- if $folders }}
    location: /etc/hyperfleet/adapters
    {{- end }}
    # What one may make, another one of the same process may not
    policy:
      kinds: []
      namespaces: []
      adapters:
        {{- range $name, $adapter := $it.adapters }}
        {{ $name }}:
          {{- with $adapter.policy }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
          namespaces: [{{ include "hyperfleet.adapterNamespace" (dict "root" $root "values" $adapter) }}]
          {{- $resources := include "hyperfleet.adapterResources" (dict "root" $root "values" $adapter "name" $name) | fromYaml }}
          kinds:
            {{- range $kind := concat $resources.made $resources.read }}
            - {{ $kind.kind }}{{ with $kind.group }}.{{ . }}{{ end }}
            {{- else }} []
            {{- end }}
        {{- end }}
  {{- end }}
{{- end -}}

{{/* How the replicas of a component elect the one that works. */}}
{{- define "hyperfleet.election" -}}
{{- if .it.values.leaderElection -}}
leader-election:
  enabled: true
  lease-name: {{ include "hyperfleet.fullname" .root }}
  namespace: {{ .root.Release.Namespace }}
{{- end -}}
{{- end -}}

{{- define "hyperfleet.adapterNamespace" -}}
{{- default .root.Values.adapterNamespace.name .values.namespace -}}
{{- end -}}

{{- define "hyperfleet.migrationHook" -}}
{{- if .Values.migration.hook -}}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end -}}
{{- end -}}
