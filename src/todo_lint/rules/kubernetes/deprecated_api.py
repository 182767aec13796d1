"""The API of an object is deprecated.

What it finds
    Objects of an API that is still served and is to go. Where the chart itself moves on, because it asks
    .Capabilities and renders another API in the version that drops this one, and where no end is planned, the
    finding is a note.

Why it matters
    The server answers with a warning, and a later version refuses the object.
    Source: https://kubernetes.io/docs/reference/using-api/deprecation-policy/

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    kubeVersion: ">=1.29.0-0 <1.32.0-0"
    -- chart/templates/flow.yaml --
    apiVersion: flowcontrol.apiserver.k8s.io/v1beta3  # <-- here
    kind: FlowSchema
    metadata:
      name: web
    spec:
      priorityLevelConfiguration:
        name: global-default

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    kubeVersion: ">=1.29.0-0 <1.32.0-0"
    -- chart/templates/flow.yaml --
    apiVersion: flowcontrol.apiserver.k8s.io/v1
    kind: FlowSchema
    metadata:
      name: web
    spec:
      priorityLevelConfiguration:
        name: global-default
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.kubernetes.lifecycle import lifecycle
from todo_lint.kubernetes.versions import LATEST, minor_of
from todo_lint.manifests.resources import Resource
from todo_lint.records import replace
from todo_lint.rules.api import Context, Defect, Subject
from todo_lint.rules.problems import defects_of

SUBJECT = Subject.OBJECTION
SEVERITY = Severity.WARNING


def check(resource: Resource, context: Context) -> Iterator[Defect]:
    """Yield that the API of the resource is deprecated."""
    for defect in defects_of("deprecated-api", resource, context):
        if _ends_by_itself(resource, context):
            message = f"{defect.message}; the chart itself moves on, by .Capabilities"
            yield replace(defect, message=message, severity=Severity.NOTE)
        else:
            yield replace(defect, severity=None if _has_an_end(resource) else Severity.NOTE)


def _has_an_end(resource: Resource) -> bool:
    end = lifecycle(resource.ref.api_version, resource.ref.kind)
    return end is not None and end.removed is not None


def _ends_by_itself(resource: Resource, context: Context) -> bool:
    """Whether the chart renders no object of this API for the version that drops it, or for the newest."""
    end = lifecycle(resource.ref.api_version, resource.ref.kind)
    if end is None or context.rendered_at is None:
        return False
    gone = min(end.removed or minor_of(LATEST), minor_of(LATEST))
    later = context.rendered_at(f"1.{max(gone, minor_of(context.kubernetes_version))}")
    return later is not None and not any(
        (other.ref.api_version, other.ref.kind) == (resource.ref.api_version, resource.ref.kind)
        for other in later.resources
    )
