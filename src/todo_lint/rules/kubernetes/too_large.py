"""ConfigMap or Secret is larger than 1 MiB.

What it finds
    The data of a ConfigMap or a Secret may have 1 MiB in all.

Why it matters
    An API server refuses the object.
    Source: https://kubernetes.io/docs/concepts/configuration/configmap/#motivation

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:  # <-- here
      page: {{ repeat 1100000 "x" | quote }}

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      page: {{ repeat 1000000 "x" | quote }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.manifests.resources import Resource
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.problems import defects_of

SUBJECT = Subject.OBJECTION
SEVERITY = Severity.ERROR


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield each objection of this sort that Kubernetes has to the resource."""
    yield from defects_of("too-large", resource, context)
