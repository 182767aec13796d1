"""A model that is printed in any dialect and read again is the same model, line by line."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from todo_lint.model.reader import read_text
from todo_lint.model.reading.firmness import has_placeholder


def _load(name: str) -> ModuleType:
    path = Path(__file__).parent / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"tests_model_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


printing = _load("printing")
Fact, Thing = printing.Fact, printing.Thing

NAMES = st.from_regex(r"[a-z]{2,6}-[a-z0-9]{1,5}(-[a-z]{2,4})?", fullmatch=True).filter(
    lambda name: name not in ("config-map", "cron-job", "daemon-set", "stateful-set", "helm-chart")
)
PORT = st.integers(1, 65535).map(str)
CPU = st.sampled_from(["100m", "0.5", "2", "250m"])
MEMORY = st.sampled_from(["64Mi", "1Gi", "512M", "2Gi"])
LABEL = st.from_regex(r"[a-z]{1,6}=[a-z0-9]{1,6}", fullmatch=True)
TEXT = st.text(alphabet="abcXYZ019 -_.:/()#*@!?=+,;%&", min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and not text.endswith("...")
)


def _is_text(text: str) -> bool:
    """Whether YAML would not take a text for a number, and its quotes come out as they went in."""
    return any(letter.isalpha() for letter in text) and not has_placeholder(text)


KEY = st.from_regex(r"[a-z]{2,5}[_-][a-z0-9]{1,5}|[A-Z]{2,5}_[A-Z]{1,5}", fullmatch=True)

CONTAINER = {
    "image": st.from_regex(r"[a-z]{2,6}(/[a-z]{2,6})?:[a-z0-9.]{0,4}[a-z0-9]", fullmatch=True),
    "resources.limits.cpu": CPU,
}
VALUES = {
    "StatefulSet": {**CONTAINER, "serviceName": NAMES},
    "CronJob": {**CONTAINER, "schedule": st.sampled_from(["*/5 * * * *", "@daily", "0 3 * * 1-5"])},
    "Ingress": {
        "host": st.from_regex(r"[a-z]{2,6}\.example\.(com|org)", fullmatch=True),
        "ingressClassName": st.sampled_from(["nginx", "traefik"]),
    },
    "HorizontalPodAutoscaler": {
        "minReplicas": st.integers(0, 9).map(str),
        "maxReplicas": st.integers(10, 99).map(str),
    },
    "Deployment": {
        "replicas": st.integers(0, 99).map(str),
        "image": st.from_regex(r"[a-z]{2,6}(/[a-z]{2,6})?:[a-z0-9.]{0,4}[a-z0-9]", fullmatch=True),
        "containerPort": PORT,
        "livenessProbe.path": st.from_regex(r"/[a-z]{0,6}", fullmatch=True),
        "resources.limits.cpu": CPU,
        "resources.requests.memory": MEMORY,
    },
    "Service": {
        "type": st.sampled_from(["ClusterIP", "NodePort", "LoadBalancer"]),
        "port": PORT,
        "targetPort": PORT,
        "selector": st.lists(LABEL, min_size=1, max_size=2, unique_by=lambda pair: pair.split("=")[0]).map(",".join),
    },
    "PersistentVolumeClaim": {
        "size": MEMORY,
        "accessMode": st.sampled_from(["ReadWriteOnce", "ReadWriteMany"]),
    },
}  # fmt: skip


@st.composite
def things(draw: st.DrawFn, firmness: tuple[str, ...] = ("required",)) -> list[object]:
    found: list[object] = []
    kinds = draw(st.lists(st.sampled_from([*VALUES, "ConfigMap", "Secret"]), max_size=5))
    names = draw(st.lists(NAMES, min_size=len(kinds), max_size=len(kinds), unique=True))
    for kind, name in zip(kinds, names, strict=True):
        if kind in VALUES:
            chosen = draw(st.sets(st.sampled_from(sorted(VALUES[kind])))) if VALUES[kind] else set()
            facts = [draw(_fact(a, VALUES[kind][a], firmness)) for a in sorted(chosen)]
        else:
            keys = draw(st.lists(KEY, max_size=3, unique=True))
            facts = [Fact(f"data.{key}", draw(TEXT) if kind == "ConfigMap" else "") for key in keys]
        found.append(Thing(kind, name, tuple(facts)))
    return found


@st.composite
def _fact(draw: st.DrawFn, attribute: str, values: st.SearchStrategy[str], firmness: tuple[str, ...]) -> object:
    modality = draw(st.sampled_from(firmness))
    if modality == "one-of":
        if attribute not in ("type", "replicas", "accessMode"):
            return Fact(attribute, draw(values))
        return Fact(attribute, "|".join(draw(st.lists(values, min_size=2, max_size=2, unique=True))), "one-of")
    return Fact(attribute, draw(values), modality)


def same(dialect: str, model: list[object]) -> None:
    paper = printing.PRINTERS[dialect](model)
    read = read_text(paper.text, dialect if dialect.endswith(".yaml") else "x.md")
    assert all(s.understood for s in read.statements), [s for s in read.statements if not s.understood]
    said = [(s.line, s.kind, s.name, s.attribute, s.value, s.modality) for s in read.statements]
    assert sorted(said) == sorted(paper.stated), paper.text


VALUES_KEY = st.from_regex(r"[a-z][a-zA-Z]{1,7}(\.[a-z][a-zA-Z0-9]{1,7}){0,3}", fullmatch=True).filter(
    lambda key: not {"on", "off", "yes", "no", "true", "false", "null"} & set(key.lower().split("."))
)
SCALAR = st.integers(0, 99999).map(str) | st.sampled_from(["true", "false"]) | TEXT.filter(_is_text)


@st.composite
def values(draw: st.DrawFn) -> list[object]:
    """Files of values, whose keys do not stand below each other."""
    files = draw(st.sets(st.sampled_from(["values.yaml", "values-prod.yaml", "values-dev.yaml"])))
    return [Thing("Values", file, tuple(draw(_values_facts()))) for file in sorted(files)]


@st.composite
def _values_facts(draw: st.DrawFn) -> list[object]:
    keys: list[str] = []
    for key in draw(st.lists(VALUES_KEY, min_size=1, max_size=5, unique=True)):
        if not any(f"{known}.".startswith(f"{key}.") or f"{key}.".startswith(f"{known}.") for known in keys):
            keys.append(key)
    return [Fact(key, draw(SCALAR)) for key in _in_order(keys)]


def _in_order(keys: list[str]) -> list[str]:
    """The keys of a mapping next to each other."""
    return sorted(keys)


@pytest.mark.parametrize("dialect", list(printing.VALUES_PRINTERS))
def test_printed_values_are_read_as_they_were(dialect: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(values())
    def check(model: list[object]) -> None:
        paper = printing.VALUES_PRINTERS[dialect](model)
        read = read_text(paper.text, dialect if dialect.endswith(".yaml") else "x.md")
        assert all(s.understood for s in read.statements), [s for s in read.statements if not s.understood]
        said = [(s.line, s.kind, s.name, s.attribute, s.value, s.modality) for s in read.statements]
        modality = {"modality": "default"} if dialect == "typed block" else {}
        stated = [(*rest, modality.get("modality", firm)) for *rest, firm in paper.stated]
        assert sorted(said) == sorted(stated), paper.text

    check()


FIRM = ("required", "configurable", "optional", "future", "default", "one-of")


@pytest.mark.parametrize("dialect", list(printing.PRINTERS))
def test_a_printed_model_is_read_as_it_was(dialect: str) -> None:
    firmness = ("required",) if dialect == "manifests" else FIRM

    @settings(max_examples=30, deadline=None)
    @given(things(firmness))
    def check(model: list[object]) -> None:
        same(dialect, model)

    check()


@settings(max_examples=30, deadline=None)
@given(things(), st.data())
def test_dialects_can_be_mixed_in_one_document(model: list[object], data: st.DataObject) -> None:
    dialects = [dialect for dialect in printing.PRINTERS if not dialect.endswith(".yaml")]
    text, expected = "", []
    for thing in model:
        paper = printing.PRINTERS[data.draw(st.sampled_from(dialects))]([thing])
        offset = text.count("\n")
        expected += [(line + offset, *rest) for line, *rest in paper.stated]
        text += paper.text
    said = [(s.line, s.kind, s.name, s.attribute, s.value, s.modality) for s in read_text(text, "x.md").statements]

    assert sorted(said) == sorted(expected), text
