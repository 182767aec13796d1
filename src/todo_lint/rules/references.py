"""What the rules about references say of a reference to something that is not rendered.

Not everything that a chart refers to is its own: Secrets above all are often made outside. A reference is probably
meant as the chart's own where its name follows the release's name, fits under another release name only, or is like
the name of something that is rendered. Only then it is reported as a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from todo_lint.findings import Route, Severity
from todo_lint.helm.chart import Chart
from todo_lint.manifests.dangling import Missing, missing
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.resources import Resource
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Defect


def switched_off(kind: str, name: str, graph: Graph, chart: Chart | None) -> bool:
    """Whether the chart has a template that makes resources of a kind for other values, and is about such a name.

    It renders nothing of that kind here, and its path holds a word of the name that is not the release's.
    """
    if chart is None:
        return False
    common = {word for release in graph.releases for word in release.split("-")}
    words = [word for word in name.split("-") if word not in common and len(word) > 2]
    if kind != "Service":  # a Service of another name tells nothing of this one
        words.append(kind.lower())
    rendered = {resource.source.file for resource in graph.of_kind(kind)}
    made = f"kind: {kind}".encode()
    return any(
        made in text and chart.place(file) not in rendered and any(word in file.lower() for word in words)
        for file, text in chart.files.items()
        if file.endswith((".yaml", ".yml", ".tpl"))
    )


def not_rendered(
    graph: Graph,
    references: Iterable[Reference],
    what: str,
    *,
    own: Severity = Severity.WARNING,
    otherwise: Severity = Severity.NOTE,
    chart: Chart | None = None,
) -> Iterator[Defect]:
    """A defect for each resource that refers to something that is not rendered, once for each name.

    Args:
        graph: the profile.
        references: those to look at; the ones of hooks are left out, for they have a rule of their own.
        what: what becomes of the resource in a cluster, such as ``the pods do not start``.
        own: the severity where the name is probably meant as the chart's own.
        chart: the chart, where a resource that it renders for other values only may be made outside.
        otherwise: the severity where the name may be that of something outside; a note where the profile has nothing
            at all of that kind.
    """
    seen: set[tuple[int, str, str]] = set()
    for reference in references:
        key = (id(reference.source), reference.kind, reference.name)
        if key in seen or hook_events(reference.source):
            continue
        found = missing(reference, graph)
        if found is not None:
            seen.add(key)
            known = otherwise if graph.of_kind(reference.kind) else Severity.NOTE
            sure = found.own and (
                found.renamed or found.like or found.otherwise or not _for_other_values(reference, graph, chart)
            )
            yield defect_of(reference, found, what, own if sure else known)


def _for_other_values(reference: Reference, graph: Graph, chart: Chart | None) -> bool:
    return chart is not None and switched_off(reference.kind, reference.name, graph, chart)


def defect_of(reference: Reference, found: Missing, what: str, severity: Severity) -> Defect:
    """The defect of one reference that leads nowhere."""
    message = f"{reference.source.ref} refers to {reference}, which is not rendered"
    if found.otherwise:
        step = found.wrong[-1]
        where = f" in the namespace {reference.namespace}" if step == "namespace" else ""
        return Defect(
            f"{reference.source.ref} refers to {reference}{where}, which is not rendered; {found.otherwise} is",
            place(reference.source, *found.wrong),
            f"without it {what}; correct the {step}",
            severity=severity,
        )
    meant = found.renamed or found.like
    if meant == reference.name:
        return Defect(
            f"{message} in its namespace; one of that name is in another",
            Target(reference.route, reference.source),
            f"without it {what}; render both into one namespace",
            severity=severity,
        )
    if meant:
        return Defect(
            f"{message}; {reference.kind}/{meant} is",
            Target(reference.route, reference.source),
            f"without it {what}; was {meant} meant?",
            severity=severity,
        )
    if found.follows:
        hint = f"without it {what}; render it, or declare it under outside: in .todo-lint.yaml"
        message = f"{message}; its name follows the release's"
        return Defect(message, Target(reference.route, reference.source), hint, severity=severity)
    hint = f"without it {what}; where it is made outside, declare it under outside: in .todo-lint.yaml"
    return Defect(message, Target(reference.route, reference.source), hint, severity=severity)


def of_use(graph: Graph, kind: str, *uses: Use) -> Iterator[Reference]:
    """The references to a kind that are for one of these uses."""
    return (reference for reference in graph.references if reference.kind == kind and reference.use in uses)


def inside(resource: Resource, route: Route, start: int) -> Target:
    """The target of what begins at ``start`` in the text at a route: its line, where the text is written as a block.

    The text of a Secret's ``data`` is encoded, and has no lines of its own.
    """
    text = resource.get(*route)
    if not isinstance(text, str) or "\n" not in text or (resource.ref.kind == "Secret" and route[:1] == ("data",)):
        return Target(route, resource)
    return Target(route, resource, below=text.count("\n", 0, start) + 1)


def place(resource: Resource, *route: str | int, on_key: bool = False) -> Target:
    """The target at a route of a resource, or its nearest parent that is written."""
    steps: Route = tuple(route)
    while steps and resource.get(*steps) is None:
        steps = steps[:-1]
    return Target(steps, resource, on_key=on_key)
