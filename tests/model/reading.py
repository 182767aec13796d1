"""Documents of a few lines for the tests of reading: what they state, and what is told of them."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.findings import Layer, Verdict
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.pairing import pair
from todo_lint.model.reader import read_markdown
from todo_lint.model.statements import DataModel

Stated = tuple[int, str, str, str, str]
"""Line, kind, name, attribute and value of a statement."""


def read(*lines: str) -> DataModel:
    return read_markdown("\n".join(lines) + "\n", "data-model.md")


def stated(model: DataModel) -> list[Stated]:
    return [(s.line, str(s.kind), s.name, str(s.attribute), s.value) for s in model.statements if s.understood]


def told(model: DataModel) -> list[tuple[int, str]]:
    return [(s.line, s.hint) for s in model.statements if not s.understood]


def prose(model: DataModel) -> list[int]:
    return [line.line for line in model.prose]


def outcomes(
    model: DataModel, manifests: str, defaults: Mapping[str, Json] | None = None
) -> list[tuple[int, Verdict]]:
    """The line and the verdict of each statement, held against manifests and the default values of a chart."""
    source = Source("x.yaml", Layer.MANIFEST, manifests)
    resources = index((source, document) for document in read_stream(manifests))
    evidence = Evidence(model, resources, pair(model, resources), "default", {"name": "shop"}, defaults)
    return [(s.line, judge(s, evidence).verdict) for s in model.statements]
