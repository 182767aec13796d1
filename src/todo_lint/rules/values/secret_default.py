"""values.yaml holds a secret value.

What it finds
    A key of values.yaml that is the whole value of a sensitive key in a Secret, and that has a default which is no
    placeholder.

Why it matters
    A default that works is never changed: it is the same in every installation, and everybody can read it.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    password: hunter22  # <-- here
    -- chart/templates/secret.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      password: {{ .Values.password | quote }}

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/values.yaml --
    password: change-me
    token: ""
    -- chart/templates/secret.yaml --
    apiVersion: v1
    kind: Secret
    metadata:
      name: web
    stringData:
      password: {{ .Values.password | quote }}
      token: {{ .Values.token | default (randAlphaNum 20) | quote }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity, format_route
from todo_lint.patterns import pattern
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.chart_values import ChartValues

SUBJECT = Subject.VALUES
SEVERITY = Severity.WARNING

_PLACEHOLDER = pattern(
    r"chang|your|example|placeholder|dummy|replace|todo|xxx|<.*>|[*.]{3}|secret-?here|\$\{|\{\{", 2
)


def check(values: ChartValues, context: Context) -> Iterator[Defect]:
    """Yield each secret with a default, in the first profile that takes it."""
    told = set()
    for profile in values.origins:
        for secret in values.secrets(profile):
            leaf = secret.leaf
            default = values.origins[profile].values.default(leaf.route)
            if leaf.route in told or default is None or _PLACEHOLDER.search(str(leaf.value)):
                continue
            if values.origins[profile].values.written(leaf.route) != default:
                continue
            told.add(leaf.route)
            where = f"{secret.secret.ref}:{secret.key}"
            message = f"values.yaml gives a value for {format_route(leaf.route)}, the secret {where}"
            hint = "leave it empty, and demand it with `required` or generate it"
            yield Defect(message, default.location, hint, excerpt=False)
