"""Each kind of statement, in each dialect that can say it, is changed once, and so is what the chart renders of it.

The kinds are those of the model: one for which ``depot/facts.py`` has no fact fails the first test. A changed value
of the document is one finding at its line, a changed value of the chart is one finding that names the line.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from tests.conformance.depot.facts import KNOWN, Known
from tests.conformance.depot.papers import DIALECTS, written
from tests.conformance.once import Once

from todo_lint.findings import Finding, Report
from todo_lint.helm.render import Renderer
from todo_lint.model.reader import read_text
from todo_lint.model.statements import Attribute, Kind, Prefix, Statement
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

HERE = Path(__file__).parent
DEPOT = HERE / "depot"


NO_KINDS = {Kind.UNKNOWN}
NO_ATTRIBUTES = {
    Attribute.UNKNOWN,
    Attribute.EXISTS,  # of what has no name; see test_something_without_a_name
}


def test_there_is_a_fact_for_each_kind_of_statement() -> None:
    known = [fact.attribute for fact in KNOWN]
    assert {kind for kind in Kind if kind not in {fact.kind for fact in KNOWN}} == NO_KINDS
    assert {attribute for attribute in Attribute if attribute not in known} == NO_ATTRIBUTES
    assert [prefix for prefix in Prefix if not any(fact.startswith(prefix) for fact in known)] == []


IN_MARKDOWN = {("Chart", "description")}
UNSAID: dict[str, set[tuple[str, str]]] = {
    "seed bullets": IN_MARKDOWN,
    "labelled bullets": IN_MARKDOWN,
    "attribute tables": IN_MARKDOWN,
    "entity tables": {*IN_MARKDOWN, ("Secret", "type"), ("StorageClass", "name")},
    "manifests": {
        *((fact.kind, fact.attribute) for fact in KNOWN if fact.kind in ("Image", "Network", "Security")),
        *(("Deployment", of) for of in ("probe.path", "apiVersion", "image.repository", "image.tag")),
    },
}  # fmt: skip
"""What a dialect cannot say, by kind and attribute: it has no words for it."""


def _said(dialect: str) -> list[Known]:
    return [fact for fact in KNOWN if (fact.kind, fact.attribute) not in UNSAID.get(dialect, ())]


@cache
def _documents(dialect: str) -> tuple[tuple[tuple[Known, ...], tuple[Known, ...]], ...]:
    """The facts that a dialect can say, and which of them are tried there.

    A second fact of one field stands in a document of its own, in the place of the first.
    """
    first: dict[tuple[str, str, str], Known] = {}
    others: list[Known] = []
    for fact in _said(dialect):
        if first.setdefault((fact.kind, fact.name, fact.attribute), fact) is not fact:
            others.append(fact)
    whole = tuple(first.values())
    further = [tuple(other if _same_field(fact, other) else fact for fact in whole) for other in others]
    return ((whole, whole), *((document, (other,)) for document, other in zip(further, others, strict=True)))


def _same_field(one: Known, other: Known) -> bool:
    return (one.kind, one.name, one.attribute) == (other.kind, other.name, other.attribute)


def _with_another_value(document: tuple[Known, ...], fact: Known) -> tuple[Known, ...]:
    """A document that says something else of a fact: all that is said of an entity has its other name, and a key of a
    Secret, whose value nobody sees, is another one."""
    if fact.kind == Kind.SECRET and fact.attribute.startswith(Prefix.DATA):
        return tuple(replace(one, attribute=one.other) if one is fact else one for one in document)
    if fact.attribute != "name" or fact.kind == Kind.CHART:
        return tuple(replace(one, value=one.other) if one is fact else one for one in document)
    return tuple(
        replace(one, name=fact.other, value=fact.other if one is fact else one.value)
        if (one.kind, one.name) == (fact.kind, fact.name) else one
        for one in document
    )  # fmt: skip


def _statement(fact: Known, dialect: str, document: Sequence[Known]) -> Statement | None:
    text, name = written(dialect, document)
    return next((s for s in read_text(text, name).statements if _says(s, fact)), None)


def _says(statement: Statement, fact: Known) -> bool:
    name = statement.name if fact.kind == Kind.CHART else fact.name
    return (statement.kind, statement.name, statement.attribute, statement.value) == (
        fact.kind, name, fact.attribute, fact.value,
    ) and statement.understood  # fmt: skip


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_dialect_says_all_that_it_has_words_for(dialect: str) -> None:
    missed = [
        (fact.kind, fact.attribute)
        for document, tried in _documents(dialect)
        for fact in tried
        if _statement(fact, dialect, document) is None
    ]
    assert missed == []


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Once() as started:
        yield started


@pytest.fixture
def depot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the chart and its Dockerfile, in the working directory."""
    shutil.copytree(DEPOT / "chart", tmp_path / "chart")
    shutil.copy(DEPOT / "Dockerfile", tmp_path)
    (tmp_path / ".todo-lint.yaml").write_text("dockerfiles: {acme/depot-web: Dockerfile}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _check(renderer: Renderer, document: tuple[str, str]) -> Report:
    text, name = document
    Path(name).write_text(text)
    return run(Request(("chart",), data_model=name, namespace="depot"), renderer)


def _new(report: Report, before: Report) -> list[Finding]:
    """The findings that were not there before."""
    assert report.failures == ()
    known = {(finding.rule, finding.message) for finding in before.findings}
    return [finding for finding in report.findings if (finding.rule, finding.message) not in known]


def _told(found: list[Finding]) -> list[tuple[str, str, str | None, list[int]]]:
    return [(f.rule, f.message, f.location.file, [ref.line for ref in f.statements]) for f in found]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_another_value_in_the_document_is_one_finding(dialect: str, renderer: Renderer, depot: Path) -> None:
    wrong: dict[object, object] = {}
    for document, tried in _documents(dialect):
        before = _check(renderer, written(dialect, document))
        for fact in tried:
            if not fact.other:
                continue
            changed = _with_another_value(document, fact)
            statement = _statement(_with_another_value((fact,), fact)[0], dialect, changed)
            found = _new(_check(renderer, written(dialect, changed)), before)
            if len(found) != 1 or statement is None or statement.line not in [r.line for r in found[0].statements]:
                wrong[fact.kind, fact.attribute, statement and statement.line] = _told(found)
    assert wrong == {}


@pytest.mark.parametrize("dialect", ["manifests", "plain.yaml"])
def test_another_value_in_the_chart_is_one_finding(dialect: str, renderer: Renderer, depot: Path) -> None:
    wrong: dict[object, object] = {}
    for document, tried in _documents(dialect):
        paper = written(dialect, document)
        before = _check(renderer, paper)
        for fact in tried:
            file, old, new = fact.edit
            if not old:
                continue
            place = depot / "chart" / file
            text = place.read_text()
            assert old in text, f"{file}: {old}"
            place.write_text(text.replace(old, new, 1))
            found = _new(_check(renderer, paper), before)
            place.write_text(text)
            statement = _statement(fact, dialect, document)
            if len(found) != 1 or statement is None or statement.line not in [r.line for r in found[0].statements]:
                wrong[fact.kind, fact.attribute, statement and statement.line] = _told(found)
    assert wrong == {}


def test_something_without_a_name_is_missing_once(renderer: Renderer, depot: Path) -> None:
    document = ("entities:\n  - kind: NetworkPolicy\n", "data-model.yaml")
    before = _check(renderer, document)
    bounds = depot / "chart/templates/bounds.yaml"
    parts = bounds.read_text().split("---\n")
    bounds.write_text("---\n".join(part for part in parts if "kind: NetworkPolicy" not in part))

    found = _new(_check(renderer, document), before)

    assert _told(found) == [
        ("documented-entity-missing", "the chart renders no NetworkPolicy", "data-model.yaml", [2])
    ]
