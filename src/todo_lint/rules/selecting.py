"""What the rules about selectors share: how they say that a selector selects nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.findings import Route, Severity
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.resources import Resource, mapping_at
from todo_lint.manifests.selectors import Selector, show_selector
from todo_lint.manifests.unselected import Near, unselected
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Defect


def selects_nothing(
    graph: Graph, resource: Resource, route: Route, most: Severity = Severity.ERROR
) -> Iterator[Defect]:
    """The defect of a selector that selects no pods, at most of severity ``most``; none where that may be right."""
    found = unselected(resource, graph)
    if found is None:
        return
    selector, near = found.selector, found.near
    message = f"{resource.ref} selects {show_selector(selector)}, which are the labels of no pod that is rendered"
    if near is None:
        hint = "where the pods are made outside, all is well; otherwise select labels of a pod of this chart"
        yield Defect(message, Target(route, resource), hint, severity=Severity.NOTE)
        return
    workload = near.pods.resource
    labels = Target((*near.pods.route, "metadata", "labels"), workload)
    yield Defect(
        f"{message}; the pods of {workload.ref} {_difference(selector, near.pods.labels)}",
        Target(_differing_at(resource, route, near), resource),
        "make the selector and the labels of the pods equal",
        severity=min(near.severity, most),
        related=((f"the labels of the pods of {workload.ref}", labels),),
    )


def _differing_at(resource: Resource, route: Route, near: Near) -> Route:
    """The one label for which a selector does not select the pods; the selector where there are several."""
    if len(near.differing) != 1:
        return route
    label = (*route, *(() if resource.ref.kind == "Service" else ("matchLabels",)), near.differing[0])
    return label if resource.get(*label) is not None else route


def _difference(selector: Selector, labels: Mapping[str, Json]) -> str:
    """How the labels of pods differ from a selector: ``have app=web``."""
    wanted = mapping_at(dict(selector), ("matchLabels",))
    other = [f"{key}={labels[key]}" for key, value in wanted.items() if key in labels and labels[key] != value]
    lacking = [key for key in wanted if key not in labels]
    parts = ([f"have {', '.join(other)}"] if other else []) + ([f"lack {', '.join(lacking)}"] if lacking else [])
    return " and ".join(parts) or "do not meet its expressions"
