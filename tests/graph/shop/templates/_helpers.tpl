{{- define "shop.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 63 }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 }}
{{- end -}}
{{- end -}}
{{- define "shop.labels" -}}
app.kubernetes.io/name: shop
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}
