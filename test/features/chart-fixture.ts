import assert from "node:assert/strict";

/** A chart as `helm create` writes it, in small. */
export const chart = (edits: Readonly<Record<string, (text: string) => string>> = {}): string =>
  Object.entries({ ...files, ...(Object.hasOwn(edits, "add") ? { add: "" } : {}) })
    .map(([path, text]) => (path === "add" ? edits["add"]!("") : `#- /shop/${path}\n${edits[path]?.(text) ?? text}`))
    .join("");

export const files: Readonly<Record<string, string>> = {
  "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 0.1.0\n",
  "values.yaml": `replicaCount: 1

# Where the image comes from.
# All containers use it.
image:
  repository: nginx
  # Overrides the version of the chart.
  tag: "1.27"
ingress: {enabled: false, class-name: nginx}
password: hunter2
`,
  "templates/_helpers.tpl": `{{/* The name of everything. */}}
{{- define "shop.name" -}}
{{- .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}
{{- define "shop.labels" -}}
helm.sh/chart: {{ include "shop.name" . }}
{{- end }}
`,
  "templates/deployment.yaml": `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.name" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicaCount }}
  {{- end }}
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels:
        app: web
        release: {{ .Release.Name }}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          ports:
            - name: http
              containerPort: 8080
          envFrom:
            - configMapRef:
                name: settings
`,
  "templates/service.yaml": `{{- if .Values.service }}
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: http
{{- end }}
`,
  "templates/settings.yaml": `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  image: {{ .Values.image.repository | quote }}
`,
};

/** Replaces a piece of a file, which must be there. */
export const within = (from: string, to: string) => (whole: string) => {
  assert.ok(whole.includes(from), from);
  return whole.replace(from, to);
};
