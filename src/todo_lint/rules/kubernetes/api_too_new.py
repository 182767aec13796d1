"""The API of an object is not served yet.

What it finds
    Objects of an API that Kubernetes serves only from a later version on than the oldest one that the chart is
    checked for. A chart says which versions it is for by kubeVersion in Chart.yaml.

Why it matters
    The older server refuses the object. Where nobody said which versions are meant (no kubeVersion, no option),
    the finding is a note.
    Source: https://kubernetes.io/docs/reference/using-api/#api-versioning

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    kubeVersion: ">=1.28.0-0"
    -- chart/templates/class.yaml --
    apiVersion: storage.k8s.io/v1  # <-- here
    kind: VolumeAttributesClass
    metadata:
      name: fast
    driverName: csi.example.com
    parameters:
      iops: "4000"

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    kubeVersion: ">=1.28.0-0"
    -- chart/templates/class.yaml --
    {{- if .Capabilities.APIVersions.Has "storage.k8s.io/v1/VolumeAttributesClass" }}
    apiVersion: storage.k8s.io/v1
    kind: VolumeAttributesClass
    metadata:
      name: fast
    driverName: csi.example.com
    parameters:
      iops: "4000"
    {{- end }}
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
    """Yield that the API of the resource comes later."""
    yield from defects_of("api-too-new", resource, context)
