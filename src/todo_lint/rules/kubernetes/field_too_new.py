"""A field is not known yet.

What it finds
    Fields that Kubernetes knows only from a later version on than the oldest one that the chart is checked for. A
    chart says which versions it is for by kubeVersion in Chart.yaml.

Why it matters
    The older server refuses the object under strict validation, which kubectl and Helm ask for; else it drops the
    field without a word, and with it what the field was for. Where nobody said which versions are meant (no
    kubeVersion, no option), the finding is a note.
    Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    kubeVersion: ">=1.28.0-0"
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      trafficDistribution: PreferClose  # <-- here
      ports:
        - port: 80

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    kubeVersion: ">=1.28.0-0"
    -- chart/templates/service.yaml --
    apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      {{- if semverCompare ">=1.30.0-0" .Capabilities.KubeVersion.Version }}
      trafficDistribution: PreferClose
      {{- end }}
      ports:
        - port: 80
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
    """Yield each field that only newer versions know."""
    yield from defects_of("field-too-new", resource, context)
