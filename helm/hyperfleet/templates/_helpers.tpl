{{- define "hyperfleet.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{- define "hyperfleet.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "hyperfleet.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "hyperfleet.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "hyperfleet.selectorLabels" -}}
app.kubernetes.io/name: {{ include "hyperfleet.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "hyperfleet.labels" -}}
{{ include "hyperfleet.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: hyperfleet
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "hyperfleet.image" -}}
{{- $name := .Values.image.repository -}}
{{- with .Values.image.registry -}}{{- $name = printf "%s/%s" . $name -}}{{- end -}}
{{- if .Values.image.digest -}}
{{ $name }}@{{ .Values.image.digest }}
{{- else -}}
{{ $name }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/*
The components of the release as a map by name: role, the values with the defaults below them, and for the role adapters those that run there,
by name. Adapters share the component adapters unless they have one of their own. Call with the root; read the result with fromYaml.
*/}}
{{- define "hyperfleet.components" -}}
{{- $root := . -}}
{{- $components := dict -}}
{{- range $role := list "api" "outbox" "sentinel" "gitops" "console" -}}
{{- $values := index $root.Values $role -}}
{{- if $values.enabled -}}
{{- $_ := set $components $role (dict "role" $role "values" (mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy $values))) -}}
{{- end -}}
{{- end -}}
{{- $shared := dict -}}
{{- range $name, $given := $root.Values.adapters -}}
{{- $values := default dict $given -}}
{{- if eq (toString (get $values "enabled")) "false" -}}
{{- else if get $values "own" -}}
{{- $_ := set $components (printf "adapter-%s" $name) (dict "role" "adapters" "adapters" (dict $name $values) "values" (mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy $values))) -}}
{{- else -}}
{{- range $key, $value := $root.Values.defaults -}}
{{- if hasKey $values $key -}}
{{- fail (printf "adapters.%s.%s is of a Deployment: set adapters.%s.own: true, or sharedAdapters.%s for all that share one" $name $key $name $key) -}}
{{- end -}}
{{- end -}}
{{- $_ := set $shared $name $values -}}
{{- end -}}
{{- end -}}
{{- if $shared -}}
{{- $_ := set $components "adapters" (dict "role" "adapters" "adapters" $shared "values" (mergeOverwrite (deepCopy $root.Values.defaults) (deepCopy $root.Values.sharedAdapters))) -}}
{{- end -}}
{{- toYaml $components -}}
{{- end -}}

{{/* The name of a component's objects, such as its Deployment and service account. Call with root and component. */}}
{{- define "hyperfleet.componentName" -}}
{{- printf "%s-%s" (include "hyperfleet.fullname" .root) .component | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* Whether the API asks the cluster's own API server for the keys of tokens, which shows them to nobody without one. Call with its config. */}}
{{- define "hyperfleet.clusterIssuer" -}}
{{- range dig "hyperfleet" "auth" "issuers" list . -}}
{{- $url := default (get . "jwksUrl") (get . "jwks-url") -}}
{{- if and (regexMatch "^https://kubernetes(\\.default(\\.svc(\\.[a-z0-9.-]+)?)?)?(:[0-9]+)?(/|$)" (toString $url)) (not (hasKey . "jwks-token-file")) (not (hasKey . "jwksTokenFile")) -}}
true
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "hyperfleet.databaseEnv" -}}
{{- $secret := .Values.database.secretName -}}
{{- range $name, $key := dict "DB_HOST" "db.host" "DB_PORT" "db.port" "DB_NAME" "db.name" "SPRING_DATASOURCE_USERNAME" "db.user" "SPRING_DATASOURCE_PASSWORD" "db.password" }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef: {name: {{ $secret }}, key: {{ $key }}}
{{- end }}
- name: SPRING_DATASOURCE_URL
  value: jdbc:postgresql://$(DB_HOST):$(DB_PORT)/$(DB_NAME)?sslmode={{ .Values.database.sslMode }}{{ if .Values.database.rootCertificate }}&sslrootcert=/etc/hyperfleet/database/db.rootcert{{ end }}
{{- end -}}

{{- define "hyperfleet.env" -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ .Values.javaOptions | quote }}
- name: SPRING_CONFIG_ADDITIONAL_LOCATION
  value: file:/etc/hyperfleet/config/
{{- if .Values.configSecrets }}
- name: SPRING_CONFIG_IMPORT
  value: configtree:/etc/hyperfleet/secrets/*/
{{- end }}
{{- if .Values.broker.credentialsSecret }}
- name: GOOGLE_APPLICATION_CREDENTIALS
  value: /etc/hyperfleet/broker/credentials.json
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Volumes that every process has. Call with a dict of root and component, the name of its ConfigMap. */}}
{{- define "hyperfleet.volumes" -}}
- name: tmp
  emptyDir: {}
- name: config
  configMap:
    name: {{ .configMap }}
{{- if and .database .root.Values.database.rootCertificate }}
- name: database
  secret:
    secretName: {{ .root.Values.database.secretName }}
    items:
      - {key: db.rootcert, path: db.rootcert}
{{- end }}
{{- range .root.Values.configSecrets }}
- name: secret-{{ . }}
  secret:
    secretName: {{ . }}
{{- end }}
{{- if .root.Values.broker.credentialsSecret }}
- name: broker
  secret:
    secretName: {{ .root.Values.broker.credentialsSecret }}
{{- end }}
{{- end -}}

{{- define "hyperfleet.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
- name: config
  mountPath: /etc/hyperfleet/config
  readOnly: true
{{- if and .database .root.Values.database.rootCertificate }}
- name: database
  mountPath: /etc/hyperfleet/database
  readOnly: true
{{- end }}
{{- range .root.Values.configSecrets }}
- name: secret-{{ . }}
  mountPath: /etc/hyperfleet/secrets/{{ . }}
  readOnly: true
{{- end }}
{{- if .root.Values.broker.credentialsSecret }}
- name: broker
  mountPath: /etc/hyperfleet/broker
  readOnly: true
{{- end }}
{{- end -}}

{{/* What an adapter makes and reads, as a map with made and read, each a list of {group, kind, resource}. Call with root, values, name. */}}
{{- define "hyperfleet.adapterResources" -}}
{{- $root := .root -}}
{{- $made := list -}}
{{- range .values.kinds -}}
{{- $parts := splitList "/" . -}}
{{- $group := ternary (first $parts) "" (eq (len $parts) 3) -}}
{{- $made = append $made (dict "group" $group "kind" (last $parts) "resource" (include "hyperfleet.plural" (dict "root" $root "kind" (last $parts)))) -}}
{{- end -}}
{{- range $file, $manifest := .values.manifests -}}
{{- $object := ternary $manifest (fromYaml (toString $manifest)) (kindIs "map" $manifest) -}}
{{- if not $object.kind -}}
{{- fail (printf "adapters.%s.manifests.%s: kind is missing, or it is no YAML: %s" $.name $file (default "" $object.Error)) -}}
{{- end -}}
{{- $parts := splitList "/" (toString $object.apiVersion) -}}
{{- $group := ternary (first $parts) "" (eq (len $parts) 2) -}}
{{- $made = append $made (dict "group" $group "kind" $object.kind "resource" (include "hyperfleet.plural" (dict "root" $root "kind" $object.kind))) -}}
{{- end -}}
{{- $read := list -}}
{{- range dig "definition" "spec" "discover" list .values -}}
{{- $parts := splitList "/" (toString .apiVersion) -}}
{{- $group := ternary (first $parts) "" (eq (len $parts) 2) -}}
{{- $read = append $read (dict "group" $group "kind" .kind "resource" (include "hyperfleet.plural" (dict "root" $root "kind" .kind))) -}}
{{- end -}}
{{- toYaml (dict "made" (uniq $made) "read" (uniq $read)) -}}
{{- end -}}

{{- define "hyperfleet.plural" -}}
{{- if not (regexMatch "^[A-Z][A-Za-z0-9]*$" (toString .kind)) -}}
{{- fail (printf "the kind '%s' of a manifest has to be a constant" .kind) -}}
{{- end -}}
{{- default (printf "%ss" (lower .kind)) (get .root.Values.plurals .kind) -}}
{{- end -}}

{{/* The Secrets of the role gitops by the names of their volumes; none for other roles. */}}
{{- define "hyperfleet.gitopsSecrets" -}}
{{- $secrets := dict -}}
{{- if eq .role "gitops" -}}
{{- if .values.repository.credentialsSecret -}}{{- $_ := set $secrets "git" .values.repository.credentialsSecret -}}{{- end -}}
{{- if .values.audit.tokenSecret -}}
{{- $_ := set $secrets "audit" .values.audit.tokenSecret -}}
{{- $_ := set $secrets "audit-tls" (required "gitops.audit.tlsSecret: name the Secret with tls.crt and tls.key; Kubernetes shows its token over TLS only" .values.audit.tlsSecret) -}}
{{- end -}}
{{- if .values.redactionSecret -}}{{- $_ := set $secrets "redaction" .values.redactionSecret -}}{{- end -}}
{{- end -}}
{{- toYaml $secrets -}}
{{- end -}}

{{/* What the role gitops mirrors where, as a file that it reads again; nothing for other roles, or where config says it. */}}
{{- define "hyperfleet.gitopsDestinations" -}}
{{- $values := .values -}}
{{- if and (eq .role "gitops") $values.repository.url (not (dig "hyperfleet" "gitops" "destinations" "" $values.config)) -}}
{{- if $values.destinations -}}
{{- toYaml (dict "destinations" $values.destinations) -}}
{{- else -}}
destinations:
  - name: adapters
    branch: {{ $values.repository.branch }}
    base-folder: {{ $values.repository.baseFolder | quote }}
    rules:
      {{- range $values.rules }}
      - api-groups: [{{ .apiGroup | quote }}]
        resources: {{ toJson .resources }}
        namespaces: {{ toJson $values.namespaces }}
        labels: {"[hyperfleet.io/managed-by]": ""}
      {{- end }}
{{- end -}}
{{- end -}}
{{- end -}}
