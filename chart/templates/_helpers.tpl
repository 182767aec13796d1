{{/*
Labels of an object. Takes a dict: "root" is the root context, "component" the part of the app.
A release name has at most 53 characters, so it always fits into a label.
*/}}
{{- define "todo-app.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "todo-app.podLabels" . }}
{{- end }}

{{/*
Labels of a pod beside `app`: those of its objects without the chart's version, which would replace the pods.
*/}}
{{- define "todo-app.podLabels" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: {{ .root.Chart.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- end }}

{{/*
The Secret that the pods read: app-secrets, or one made elsewhere.
*/}}
{{- define "todo-app.secretName" -}}
{{- .Values.secrets.existingSecret | default "app-secrets" -}}
{{- end }}

{{/*
The key that signs tokens, in base64. Takes a dict: "given" is the value of secrets.jwtSecret, "kept" the Secret
that is in the cluster, or an empty dict. Given wins over kept, and only where there is neither one is generated.
*/}}
{{- define "todo-app.jwtSecret" -}}
{{- $kept := dig "data" "jwt_secret" "" .kept -}}
{{- if .given -}}
{{- .given | b64enc -}}
{{- else if $kept -}}
{{- $kept -}}
{{- else -}}
{{- randAlphaNum 64 | b64enc -}}
{{- end -}}
{{- end }}

{{/*
Checksum of the secrets, so that pods are replaced when one changes. It is taken of what the user gave and not of the
rendered Secret: a generated key is another one each time the template is rendered. A Secret made elsewhere counts
with what it holds at the time of the install or upgrade.
*/}}
{{- define "todo-app.secretChecksum" -}}
{{- with .Values.secrets -}}
{{- if .existingSecret -}}
{{- lookup "v1" "Secret" $.Release.Namespace .existingSecret | dig "data" dict | toJson | sha256sum -}}
{{- else -}}
{{- list .databaseUrl .cohereApiKey .jwtSecret | toJson | sha256sum -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
Security context of a pod under the restricted Pod Security Standard. Takes a dict with runAsUser, runAsGroup, fsGroup.
*/}}
{{- define "todo-app.podSecurityContext" -}}
runAsNonRoot: true
runAsUser: {{ int64 .runAsUser }}
runAsGroup: {{ int64 .runAsGroup }}
fsGroup: {{ int64 .fsGroup }}
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{/*
Security context of a container under the restricted Pod Security Standard.
*/}}
{{- define "todo-app.containerSecurityContext" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop:
    - ALL
{{- end }}

{{/*
Startup, readiness and liveness probe of the port named http. Takes the probes of a workload.
*/}}
{{- define "todo-app.probes" -}}
startupProbe:
  httpGet:
    path: {{ .path | quote }}
    port: http
  periodSeconds: 2
  timeoutSeconds: {{ int .timeoutSeconds }}
  failureThreshold: {{ int .startupFailureThreshold }}
readinessProbe:
  httpGet:
    path: {{ .path | quote }}
    port: http
  periodSeconds: {{ int .periodSeconds }}
  timeoutSeconds: {{ int .timeoutSeconds }}
livenessProbe:
  httpGet:
    path: {{ .path | quote }}
    port: http
  periodSeconds: {{ int .periodSeconds }}
  timeoutSeconds: {{ int .timeoutSeconds }}
{{- end }}
