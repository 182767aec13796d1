"""A model that is printed in any dialect and read again is the same model, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model import printing
from tests.model.printing import Fact, Thing
from tests.model.vocabulary import NAMES, VOCABULARY, Known

from todo_lint.model.reader import read_text
from todo_lint.model.reading.firmness import has_placeholder
from todo_lint.model.reading.text import is_nothing
from todo_lint.model.statements import NO_RESOURCES, Attribute, Kind, Prefix

TEXT = st.text(alphabet="abcXYZ019 -_.:/()#*@!?=+,;%&", min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and not text.endswith("...")
)


def _is_text(text: str) -> bool:
    """Whether YAML would not take a text for a number, and its quotes come out as they went in."""
    return any(letter.isalpha() for letter in text) and not has_placeholder(text)


KEY = st.from_regex(r"[a-z]{2,5}[_-][a-z0-9]{1,5}|[A-Z]{2,5}_[A-Z]{1,5}", fullmatch=True)

DATA = ("ConfigMap", "Secret")
ALTERNATIVES = ("type", "replicas", "accessMode", "imagePullPolicy", "ingressClassName")
"""Attributes of which a document may say one or the other."""


@st.composite
def things(draw: st.DrawFn, dialects: tuple[str, ...], firmness: tuple[str, ...] = ("required",)) -> list[Thing]:
    """Some entities with some of the facts that all of some dialects can say."""
    found: list[Thing] = []
    kinds = draw(st.lists(st.sampled_from([*VOCABULARY, *DATA]), max_size=5))
    names = draw(st.lists(NAMES, min_size=len(kinds), max_size=len(kinds), unique=True))
    for kind, name in zip(kinds, names, strict=True):
        keys = draw(st.lists(KEY, max_size=3, unique=True)) if kind in DATA else []
        facts = [Fact(f"data.{key}", draw(TEXT) if kind == "ConfigMap" else "") for key in keys]
        known = [
            a for a in sorted(VOCABULARY[kind]) if all(printing.can_say(dialect, kind, a) for dialect in dialects)
        ]
        for attribute in sorted(draw(st.sets(st.sampled_from(known), max_size=8))) if known else ():
            facts.append(draw(_fact(attribute, VOCABULARY[kind][attribute], firmness)))
        found.append(Thing(kind, name, tuple(facts)))
    return found


@st.composite
def _fact(draw: st.DrawFn, attribute: str, known: Known, firmness: tuple[str, ...]) -> Fact:
    modality = draw(st.sampled_from(firmness))
    values = known.values.filter(lambda text: not is_nothing(text))  # ``na`` says that there is none
    if modality == "one-of":
        if attribute not in ALTERNATIVES:
            return Fact(attribute, draw(values))
        return Fact(attribute, "|".join(draw(st.lists(values, min_size=2, max_size=2, unique=True))), "one-of")
    return Fact(attribute, draw(values), modality)


def same(dialect: str, model: list[Thing]) -> None:
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
def values(draw: st.DrawFn) -> list[Thing]:
    """Files of values, whose keys do not stand below each other."""
    files = draw(st.sets(st.sampled_from(["values.yaml", "values-prod.yaml", "values-dev.yaml"])))
    return [Thing("Values", file, tuple(draw(_values_facts()))) for file in sorted(files)]


@st.composite
def _values_facts(draw: st.DrawFn) -> list[Fact]:
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
    def check(model: list[Thing]) -> None:
        paper = printing.VALUES_PRINTERS[dialect](model)
        read = read_text(paper.text, dialect if dialect.endswith(".yaml") else "x.md")
        assert all(s.understood for s in read.statements), [s for s in read.statements if not s.understood]
        said = [(s.line, s.kind, s.name, s.attribute, s.value, s.modality) for s in read.statements]
        modality = {"modality": "default"} if dialect == "typed block" else {}
        stated = [(*rest, modality.get("modality", firm)) for *rest, firm in paper.stated]
        assert sorted(said) == sorted(stated), paper.text

    check()


MIXED = tuple(dialect for dialect in printing.PRINTERS if not dialect.endswith(".yaml"))
FIRM = ("required", "configurable", "optional", "future", "default", "one-of")


@pytest.mark.parametrize("dialect", list(printing.PRINTERS))
def test_a_printed_model_is_read_as_it_was(dialect: str) -> None:
    firmness = ("required",) if dialect == "manifests" else FIRM

    @settings(max_examples=60, deadline=None)
    @given(things((dialect,), firmness))
    def check(model: list[Thing]) -> None:
        same(dialect, model)

    check()


@settings(max_examples=60, deadline=None)
@given(things(MIXED), st.data())
def test_dialects_can_be_mixed_in_one_document(model: list[Thing], data: st.DataObject) -> None:
    text, expected = "", []
    for thing in model:
        paper = printing.PRINTERS[data.draw(st.sampled_from(MIXED))]([thing])
        offset = text.count("\n")
        expected += [(line + offset, *rest) for line, *rest in paper.stated]
        text += paper.text
    said = [(s.line, s.kind, s.name, s.attribute, s.value, s.modality) for s in read_text(text, "x.md").statements]

    assert sorted(said) == sorted(expected), text


def test_models_are_printed_with_all_that_they_can_state() -> None:
    """Each attribute of the model, but those of documents alone, whose wording is that of the seed."""
    attributes = {attribute for known in VOCABULARY.values() for attribute in known}
    named = {str(a) for a in Attribute} - {"name", "unknown"} - OF_DOCUMENTS
    prefixes = {str(p) for p in Prefix} - {"data.", "dependencies."}

    assert named <= attributes
    assert {p for p in prefixes if not any(a.startswith(p) for a in attributes)} == set()
    assert {str(kind) for kind in Kind} - set(NO_RESOURCES) - {"Pod", "StorageClass"} <= set(VOCABULARY)


OF_DOCUMENTS = {
    *("exists", "version", "kubeVersion", "appVersion", "description", "apiVersion", "base", "runtime"),
    *("dependencies", "externalAccess", "dns", "loadBalancing", "sensitiveData"),
    *("image.repository", "image.tag"),
}
"""What is stated of images, charts and the network, or follows from other attributes."""
