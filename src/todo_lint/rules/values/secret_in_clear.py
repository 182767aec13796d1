"""The value of a Secret is shown in the clear elsewhere.

What it finds
    A values key that is the whole value of a sensitive key in a Secret, and that also goes into something that is no
    Secret: an environment variable, a ConfigMap, an argument, an annotation or the notes. For the name of a user it
    is a note.

Why it matters
    Whoever may read the workload, or the output of the installation, reads the secret; that it is in a Secret, too,
    protects nothing.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    password: ""
    -- chart/ci/a-values.yaml --
    password: not-a-real-one
    -- chart/templates/secret.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      password: {{ .Values.password | quote }}
    -- chart/templates/pod.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      login: "user:{{ .Values.password }}"  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    password: ""
    -- chart/ci/a-values.yaml --
    password: not-a-real-one
    -- chart/templates/secret.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
      annotations:
        checksum: {{ .Values.password | sha256sum }}
    stringData:
      password: {{ .Values.password | quote }}
      login: "user:{{ .Values.password }}"
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Layer, Location, Severity, format_route
from todo_lint.helm.rendered_fields import Field
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject, Target
from todo_lint.rules.chart_values import ChartValues, SecretValue

SUBJECT = Subject.VALUES
SEVERITY = Severity.ERROR

_NAMES_USER = pattern(r"(?i)user(?:[_-]?name)?$|login$")
"""A key for the name of a user, which many Secrets hold beside the password and which is hardly secret."""


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each field outside of Secrets that shows a secret value, in each profile that gives one."""
    for profile in values.origins:
        told: set[Field] = set()
        for secret in values.secrets(profile):
            for field in secret.fields:
                if _is_open(field) and field not in told:
                    told.add(field)
                    yield _defect(values, secret, field, profile)


def _is_open(field: Field) -> bool:
    return field.resource is None or field.resource.kind != "Secret" or field.route[:1] == ("metadata",)


def _defect(values: ChartValues, secret: SecretValue, field: Field, profile: str) -> Defect:
    resource = next((one for one in values.resources[profile].resources if one.ref == field.resource), None)
    key = format_route(secret.leaf.route)
    message = f"{field} shows the values key {key} in the clear; it is a secret, {secret.secret.ref}:{secret.key}"
    hint = "take it from the Secret, by secretKeyRef or a volume"
    severity = Severity.NOTE if _NAMES_USER.search(str(secret.leaf.route[-1])) else None
    if resource is not None:
        place = Target(field.route, resource)
        return Defect(message, place, hint, severity=severity, profiles=(profile,), excerpt=False)
    source = values.whole.source_of(field.file.partition("/")[2])
    file = Location(values.whole.shown(source), None, None, Layer.TEMPLATE)
    return Defect(message, file, hint, severity=severity, profiles=(profile,), excerpt=False)
