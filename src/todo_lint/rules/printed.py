"""What the rules about rendering debris share: texts that a template prints by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.findings import Severity
from todo_lint.helm.chart import Chart
from todo_lint.kubernetes.report import label
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.resources import Resource
from todo_lint.manifests.strings import all_strings, secret_texts
from todo_lint.rules.api import Context, Defect
from todo_lint.rules.references import inside

SHOWN = 40


def debris(
    graph: Graph,
    context: Context,
    token: str,
    expression: re.Pattern[str],
    what: str,
    hint: str,
    *,
    in_files: Severity | None = None,
) -> Iterator[Defect]:
    """A defect for each field whose text holds what ``expression`` finds, unless the chart itself contains it.

    Args:
        graph: the resources.
        context: the chart, whose own text is asked.
        token: a part of all that the expression finds; texts without it are passed over quickly.
        expression: finds the debris.
        what: what it is, for the message.
        hint: what to do.
        in_files: the severity inside a text of several lines, where that is another one.
    """
    own = OwnText(context.chart)
    sources: dict[int, bool] = {}
    for resource in graph.resources:
        source = resource.source
        if id(source) not in sources:
            sources[id(source)] = token in source.text
        if sources[id(source)]:
            yield from _in_texts(resource, all_strings(dict(resource.value)), expression, own, what, hint, in_files)
        if resource.ref.kind == "Secret":
            yield from _in_texts(resource, secret_texts(resource), expression, own, what, hint, in_files)


def _in_texts(
    resource: Resource,
    texts: Iterator[tuple[tuple[str | int, ...], str]],
    expression: re.Pattern[str],
    own: OwnText,
    what: str,
    hint: str,
    in_files: Severity | None,
) -> Iterator[Defect]:
    for route, text in texts:
        found = expression.search(text)
        while found is not None and own.has(_word(text, found)):
            found = expression.search(text, found.end())
        if found is None:
            continue
        name = label(route) if len(route) > 1 else resource.ref.name
        secret = resource.ref.kind == "Secret"
        shown = "a text that is not shown" if secret else repr(text[found.start() : found.start() + SHOWN].split()[0])
        message = f"{name} of {resource.ref} holds {shown}, {what}"
        severity = in_files if "\n" in text.strip() else None
        yield Defect(message, inside(resource, route, found.start()), hint, severity=severity, excerpt=not secret)


def _word(text: str, found: re.Match[str]) -> str:
    """What was found with what touches it: the words of a sentence say nothing of where it comes from."""
    start, end = found.start(), found.end()
    while start > 0 and not text[start - 1].isspace() and found.start() - start < SHOWN:
        start -= 1
    while end < len(text) and not text[end].isspace() and end - found.end() < SHOWN:
        end += 1
    return text[start:end]


class OwnText:
    """The text of a chart and its subcharts, which is asked for only where something is found."""

    def __init__(self, chart: Chart | None) -> None:
        self._chart = chart
        self._text: bytes | None = None
        self._known: dict[str, bool] = {}

    def has(self, text: str) -> bool:
        """Whether the chart contains a text as it is."""
        if self._chart is None:
            return False
        if self._text is None:
            from todo_lint.helm.subcharts import whole_chart

            self._text = b"\0".join(whole_chart(self._chart).files.values())
        if text not in self._known:
            self._known[text] = text.encode() in self._text
        return self._known[text]
