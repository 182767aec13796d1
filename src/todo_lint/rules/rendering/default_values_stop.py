"""The chart asks for values that its defaults do not give.

What it finds
    A chart whose default values stop at its own `required`, `fail` or values.schema.json, while another profile
    renders.

Why it matters
    Nothing is wrong: some values (a password, a host) have no sensible default. The note says that the default
    values were not checked, and which profile was checked in their place.

Bad
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/ci/minimal-values.yaml --
    host: example.com
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      host: {{ required "set host" .Values.host }}  # <-- here

Good
    -- chart/Chart.yaml --
    apiVersion: v2
    name: web
    version: 0.1.0
    -- chart/ci/minimal-values.yaml --
    host: example.com
    -- chart/templates/configmap.yaml --
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: web
    data:
      host: {{ .Values.host | default "localhost" }}
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.helm.failures import RenderProblem
from todo_lint.helm.profiles import DEFAULT
from todo_lint.rules.api import Context, Defect, FailedProfile, Subject
from todo_lint.rules.values_schema import refused_defaults

SUBJECT = Subject.RENDERING
SEVERITY = Severity.NOTE

_BY_DESIGN = (RenderProblem.STOP, RenderProblem.VALUES_SCHEMA)


def stops_by_design(failed: FailedProfile) -> bool:
    """Whether the chart itself demands more than its defaults give, and another profile gives it."""
    return failed.profile == DEFAULT and failed.others_render and failed.failure.kind in _BY_DESIGN


def check(failed: FailedProfile, context: Context) -> Iterator[Defect]:
    """Yield the stop of the default values, unless it is a default of their own that is refused."""
    if stops_by_design(failed) and not refused_defaults(failed):
        message = f"with its default values {failed.failure.message}"
        yield Defect(message, failed.place, "the other profiles are checked in their place")
