"""Documents in every dialect that agree with what is rendered; then each of their values, and each field, is changed.

``dialects/`` holds documents of the shipped chart, ``shop/`` manifests of further kinds and documents of these. A
changed value of a document is one finding, which names its line; so is a changed field of what is rendered.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from tests.conformance.once import Once

from todo_lint.findings import Finding, Layer, Report, Route
from todo_lint.helm.render import Renderer
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index, mapping_at
from todo_lint.model.outcomes import Outcome
from todo_lint.model.reader import read_text
from todo_lint.model.statements import Modality, Statement
from todo_lint.pipeline import run
from todo_lint.stages.conform import Conformer, Surroundings
from todo_lint.stages.request import Request

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
MANIFESTS = HERE / "shop/manifests.yaml"
BESIDE = ROOT.parent / "shared/dialects"
"""Further documents of the same application, where they lie beside the checkout."""

Check = Callable[[str, str], Report]
"""Checks against a document of that text and file name."""


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with Once() as started:
        yield started


@pytest.fixture
def against_chart(renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Holds documents against a copy of the shipped chart, beside which there are Dockerfiles of its images."""
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    for folder, base in (("frontend", "node:22-alpine"), ("backend", "python:3.11-slim")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Dockerfile").write_text(f"FROM {base}\n")
    monkeypatch.chdir(tmp_path)

    def check(text: str, name: str) -> Report:
        Path(name).write_text(text, encoding="utf-8")
        return run(Request(("chart",), data_model=name), renderer)

    return check


@pytest.fixture
def against_shop(renderer: Renderer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Holds documents against the manifests of the shop; the text of the manifests is in manifests.yaml."""
    monkeypatch.chdir(tmp_path)
    Path("manifests.yaml").write_text(MANIFESTS.read_text())

    def check(text: str, name: str) -> Report:
        Path(name).write_text(text, encoding="utf-8")
        return run(Request(("manifests.yaml",), data_model=name, namespace="shop"), renderer)

    return check


def _findings(report: Report) -> dict[tuple[str, str], Finding]:
    assert report.failures == ()
    return {(finding.rule, finding.message): finding for finding in report.findings}


# One value of a document is changed.


OTHERS = {
    "NodePort": "LoadBalancer", "ClusterIP": "LoadBalancer", "IfNotPresent": "Always", "Always": "Never",
    "TCP": "UDP", "true": "false", "false": "true", "latest": "v9", "*": "x", "Recreate": "RollingUpdate",
    "OnFailure": "Never", "Never": "OnFailure", "Prefix": "Exact", "None": "10.0.0.9",
    "ReadWriteOnce": "ReadWriteMany", "RWO": "RWX", "enabled": "disabled", "yes": "no", "Secret": "ConfigMap",
    "cluster DNS": "DNS of the nodes", "service": "proxy", "Kubernetes": "External", "secrets": "variables",
    "Node.js LTS": "Go 1.25", "Python 3.11": "Python 3.12",
}  # fmt: skip
IN_WORDS = {
    "dns": ("Kubernetes",), "loadBalancing": ("service",), "sensitiveData": ("secrets",),
    "livenessProbe.periodSeconds": ("10",), "livenessProbe.initialDelaySeconds": ("5",), "accessMode": ("RWO",),
    "minReplicas": ("2",), "maxReplicas": ("6",), "tls": ("enabled",), "securityContext.runAsNonRoot": ("yes",),
    "resources.requests.memory": ("200Mi",), "target": ("shop-web",),
}  # fmt: skip
"""How a line writes the value of an attribute, where it is not the value itself; none: nothing to change in it."""


def _another(value: str) -> str:
    """Another value of the same sort."""
    if value in OTHERS:
        return OTHERS[value]
    number = re.fullmatch(r"(\D*?)(\d+)([A-Za-z]*|%| \* \* \*)", value)
    if number:
        return f"{number[1]}{int(number[2]) + 1}{number[3]}"
    decimal = re.fullmatch(r"(\d+\.)(\d+)", value)
    if decimal:
        return f"{decimal[1]}{int(decimal[2]) + 1}"
    return f"{value}x"


def _written(statement: Statement) -> str:
    """The part of a statement's value that is changed."""
    if statement.alternatives:
        return statement.alternatives[0]
    if statement.attribute == "selector":
        return statement.value.partition("=")[2]
    if statement.attribute.startswith("image"):
        return statement.value.partition(":")[0]
    if statement.attribute.startswith(("envSource.", "volumes.")) or statement.attribute == "env.from":
        return statement.value.rpartition("/")[2].partition(":")[0]  # the name, or the kind where there is none
    return statement.value or statement.attribute.rpartition(".")[2]


def _place(text: str, written: str, *, last: bool) -> tuple[int, int] | None:
    found = list(re.finditer(rf"(?<!\w)(?<![a-z]-){re.escape(written)}(?=s\b|-\d|[^\w-]|$)", text))
    return found[-1 if last else 0].span() if found else None


def _changed(statement: Statement, lines: Sequence[str]) -> tuple[int, str] | None:
    """A line with another value of a statement, and its index; None where the statement has none to change.

    What a variable of a manifest comes from stands below the line of the statement.
    """
    first = statement.line - 1
    below = 2 if statement.attribute.startswith("envSource.") else 0
    for written in (_written(statement), *IN_WORDS.get(statement.attribute, ()), *filter(None, statement.bounds)):
        for number in range(first, first + below + 1):
            found = _place(lines[number], written, last=statement.attribute in ("targetPort", "maxReplicas"))
            if found:
                return number, lines[number][: found[0]] + _another(written) + lines[number][found[1] :]
    return None


UNCHANGED = {"runtime", "dependencies"}
"""What nothing in a rendering shows."""
KINDS = "ConfigMap,Secret"
"""Where the environment is from, without names: there is no other kind that it could be from."""
DOCUMENTS = ["policies/data-model.md", *sorted(str(p.relative_to(ROOT)) for p in HERE.glob("dialects/*.md"))]
SHOP = sorted(path.name for path in HERE.glob("shop/*") if path != MANIFESTS)


def _changes(text: str, file: str) -> Iterator[tuple[Statement, str]]:
    """Each statement of a document that can be wrong, and the document with another value of it."""
    lines = text.split("\n")
    for statement in read_text(text, file).statements:
        loose = statement.later or statement.modality in (Modality.AUTO_ASSIGNED, Modality.EXAMPLE)
        if loose or statement.attribute in UNCHANGED or statement.value == KINDS:
            continue
        place = _changed(statement, lines)
        assert place is not None, f"{file}:{statement.line}: {statement.attribute} {statement.value}"
        number, changed = place
        if any(statement.bounds):  # beyond what is there
            end = statement.bounds[1] or statement.bounds[0]
            changed = lines[number].replace(end, re.sub(r"\d+", "1" if statement.bounds[1] else "99", end))
        yield statement, "\n".join((*lines[:number], changed, *lines[number + 1 :]))


def _each_change_is_one_finding(check: Check, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = _findings(check(text, path.name))
    wrong = {}
    for statement, changed in _changes(text, path.name):
        after = _findings(check(changed, path.name))
        new = [finding for key, finding in after.items() if key not in before]
        lines = [[ref.line for ref in finding.statements] for finding in new]
        if len(new) != 1 or statement.line not in lines[0]:
            wrong[statement.line, statement.attribute] = [(f.rule, f.message, f.statements) for f in new]
    assert wrong == {}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_changed_value_of_a_document_is_one_finding(document: str, against_chart: Check) -> None:
    _each_change_is_one_finding(against_chart, ROOT / document)


@pytest.mark.parametrize("document", SHOP)
def test_each_changed_value_of_a_document_of_other_kinds_is_one_finding(document: str, against_shop: Check) -> None:
    _each_change_is_one_finding(against_shop, HERE / "shop" / document)


# One field of what is rendered is changed.


def _outcomes(text: str, name: str) -> tuple[Outcome, ...]:
    source = Source("manifests.yaml", Layer.MANIFEST, MANIFESTS.read_text())
    resources = index((source, read) for read in read_stream(source.text))
    return Conformer(read_text(text, name), Surroundings("shop", namespace_given=True)).outcomes(resources)


def _below(value: Mapping[str, Json], statement: Statement) -> Route:
    """The route to what a statement says of a part that has several fields; empty where it says nothing of one."""
    if statement.attribute == "selector":
        return (statement.value.partition("=")[0],)
    for source in ("configMapKeyRef", "secretKeyRef"):
        if statement.attribute.startswith("envSource.") and source in mapping_at(value.get("valueFrom")):
            return ("valueFrom", source, "name")
    if statement.attribute.startswith("volumes."):
        return ("persistentVolumeClaim", "claimName")
    return ()


def _with_another_value(manifests: str, outcome: Outcome) -> str | None:
    """The manifests with another value in the field of a statement; None where it has none of its own."""
    target, statement = outcome.target, outcome.statement
    if target is None or target.resource is None or statement.attribute == "name":
        return None
    route = target.route
    value = target.resource.get(*route)
    if isinstance(value, dict) and (below := _below(value, statement)):
        route = (*route, *below)
        value = target.resource.get(*route)
    elif isinstance(value, list):
        route, value = (*route, 0), value[0]
    span = target.resource.document.value_span(route)
    unseen = target.resource.ref.kind == "Secret" and route[0] == "data"
    if isinstance(value, dict) or span is None or unseen:
        return None
    lines = manifests.split("\n")
    line = lines[span.line - 1]
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    changed = f"x{shown}" if statement.attribute == "image.repository" else _another(shown)
    changed = "1" if any(statement.bounds) else changed
    lines[span.line - 1] = line[: span.column - 1] + line[span.column - 1 :].replace(shown, changed, 1)
    return "\n".join(lines)


LOOSE = (Modality.ONE_OF, Modality.PLACEHOLDER)


@pytest.mark.parametrize("document", SHOP)
def test_each_changed_field_is_one_finding(document: str, against_shop: Check) -> None:
    text, manifests = (HERE / "shop" / document).read_text(), MANIFESTS.read_text()
    before = _findings(against_shop(text, document))
    wrong = {}
    for outcome in _outcomes(text, document):
        changed, statement = _with_another_value(manifests, outcome), outcome.statement
        loose = statement.modality in LOOSE or (statement.attribute.startswith("env.") and not statement.value)
        loose = loose or (statement.attribute.startswith("envSource.") and "/" not in statement.value)
        if changed is None or loose:
            continue
        Path("manifests.yaml").write_text(changed)
        new = [finding for key, finding in _findings(against_shop(text, document)).items() if key not in before]
        if len(new) != 1 or statement.line not in [ref.line for ref in new[0].statements]:
            wrong[statement.line, statement.attribute] = [(f.rule, f.message, f.statements) for f in new]
    assert wrong == {}
