"""Every constraint of the overlays has a source, a value just outside it that is refused, and one inside that is not.

The values are made from the constraint and put into objects of this folder, so that the whole way is tested: that the
type is called as it is called here, that its fields are visited, and that the gate is not laxer than the constraint.
A constraint that is added for a type that no object of the folder has, or with a form without examples here, fails.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.kubernetes.cases import OBJECTS, custom_of, problems

from todo_lint.findings import Route
from todo_lint.kubernetes.constraints import Constraint, overlay_entries, type_key
from todo_lint.kubernetes.formats import FORMATS
from todo_lint.kubernetes.plan import _leads_to
from todo_lint.kubernetes.problems import Problem
from todo_lint.kubernetes.report import MapKey, server_path
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import LATEST

ABSENT = object()
EXAMPLES = {
    "dns-label": ("a-1", "a_1"),
    "dns-1035-label": ("a-1", "1-a"),
    "dns-subdomain": ("a.b-1", "a..b"),
    "dns-subdomain-or-prefix": ("a.b-1", "a_b"),
    "qualified-name": ("example.com/a_b", "example.com/a b"),
    "label-value": ("a_b", "a b"),
    "config-key": ("a_b.txt", "a/b"),
    "c-identifier": ("a_1", "1_a"),
    "driver": ("a.example.com", "a_b.example.com"),
    "pool-name": ("a.b/c", "a_b"),
    "semver": ("1.2.3", "1.2"),
    "port-name": ("http-1", "http_1"),
    "ip": ("10.1.2.3", "10.1.2"),
    "cidr": ("10.1.2.0/24", "10.1.2.0/33"),
    "path-segment": ("a b", "a/b"),
    "http-header": ("X-Team", "X Team"),
    "local-path": ("a/b", "../b"),
    "local-file": ("a/b", "/a/b"),
    "back-steps": ("/a/b", "/a/../b"),
    "absolute-path": ("/a", "a"),
    "image": ("nginx:1", " nginx:1"),
    "domain-of-three": ("a.example.com", "example.com"),
}
"""A text that has the form, and a near one that has not."""
ONLY_CHANGED: dict[str, Any] = {
    "scale": {"apiVersion": "autoscaling/v1", "kind": "Scale", "metadata": {"name": "s"}, "spec": {"replicas": 1}},
    "debugged": {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "p"},
        "spec": {
            "containers": [{"name": "c", "image": "x"}],
            "ephemeralContainers": [{"name": "e", "image": "x"}],
        },
    },
}
"""Objects of types that a server takes in changes of an object only, never when one is created."""
ALL = {**OBJECTS, **ONLY_CHANGED}


@dataclass
class Place:
    """Where a value of a type stands: in which object, and the route to it."""

    name: str
    route: Route

    def parent(self, document: Any) -> Any:
        """The value itself."""
        for step in self.route:
            document = document[step]
        return document


@dataclass
class Pair:
    """A value that a constraint refuses, under a rule, and one that it lets pass; ABSENT stands for none."""

    label: str
    rules: tuple[str, ...]
    wrong: Any
    right: Any


def places() -> dict[str, list[Place]]:
    """Where the types stand in the objects of this folder."""
    found: dict[str, list[Place]] = {}
    store = schema_store(LATEST)
    for name, value in ALL.items():
        identity = value["apiVersion"], value["kind"]
        if store.has(*identity):
            for key, route in _walk(store.definition_name(*identity), value, ()):
                found.setdefault(key, []).append(Place(name, route))
    return found


def _walk(definition: str, value: Any, route: Route) -> Iterator[tuple[str, Route]]:
    if not isinstance(value, dict):
        return
    yield type_key(definition), route
    fields = schema_store(LATEST).definition(definition).get("properties", {})
    for name in value.keys() & fields.keys():
        leads = _leads_to(fields[name])
        if leads is not None:
            for step, inner in _inside(value[name], leads[1]):
                yield from _walk(leads[0], inner, (*route, name, *step))


def _inside(value: Any, form: str) -> Iterator[tuple[Route, Any]]:
    if form == "one":
        yield (), value
    elif form == "list":
        yield from (((number,), item) for number, item in enumerate(value or ()))
    else:
        yield from (((MapKey(key),), item) for key, item in (value or {}).items())


PLACES = places()
CONSTRAINTS = [
    (key, name, constraint)
    for key, entry in overlay_entries().items()
    for name, constraint in entry["fields"].items()
]


def pairs(constraint: Constraint, given: Any) -> Iterator[Pair]:
    """What is to be refused and accepted of a field, which holds ``given`` in an object that is accepted."""
    if constraint.get("required") or constraint.get("present"):
        yield Pair("is not there", ("missing-field", "unsupported-value"), ABSENT, given)
    elif "absent" in constraint:
        yield Pair("is not there", (), ABSENT, given)
    if constraint.get("zero") == "missing":
        yield Pair("is 0", ("missing-field",), 0, given)
    yield from _texts(constraint)
    yield from _numbers(constraint)
    yield from _lists(constraint, given)


def _texts(constraint: Constraint) -> Iterator[Pair]:
    right: Any = ABSENT
    if "enum" in constraint:
        right = constraint["enum"][-1]
        yield Pair("is none of the texts", ("unsupported-value",), f"{constraint['enum'][0]}-", right)
    if "format" in constraint:
        right, wrong = EXAMPLES[constraint["format"]]
        yield Pair("has another form", (FORMATS[constraint["format"]].rule,), wrong, right)
    if constraint.get("empty") == "refused":
        rule = FORMATS[constraint["format"]].rule if "format" in constraint else "unsupported-value"
        yield Pair("is empty", (rule, "missing-field"), "", right)
    if "longest" in constraint:
        longest = constraint["longest"]
        text = "a.b/" + "a" * (longest - 4)
        yield Pair("is too long", ("invalid-value",), f"{text}a", text if right is ABSENT else right)


def _numbers(constraint: Constraint) -> Iterator[Pair]:
    if "min" in constraint and constraint.get("zero") != "missing":
        yield Pair("is too low", ("out-of-range",), constraint["min"] - 1, constraint["min"])
    if "max" in constraint:
        yield Pair("is too high", ("out-of-range", "wrong-type"), constraint["max"] + 1, constraint["max"])


def _lists(constraint: Constraint, given: Any) -> Iterator[Pair]:
    named = constraint["unique"] if isinstance(constraint.get("unique"), list) else []
    item = given[0] if isinstance(given, list) and given else dict.fromkeys(named, "a")
    if "most" in constraint:
        most = constraint["most"]
        full = given if isinstance(given, list) and len(given) == most else [item] * most
        yield Pair("has too many items", ("invalid-value",), [item] * (most + 1), full)
    if "unique" in constraint:
        yield Pair("holds an item twice", ("duplicate-value",), [item, item], [item])
    for pair in pairs(constraint["items"], item) if "items" in constraint else ():
        if pair.wrong is not ABSENT:
            yield Pair(f"holds an item that {pair.label}", pair.rules, [pair.wrong], [pair.right])


def put(place: Place, name: str, value: Any) -> Any:
    """The object of a place with a value in a field there, or without that field."""
    document = copy.deepcopy(ALL[place.name])
    parent = place.parent(document)
    if value is ABSENT:
        parent.pop(name, None)
    else:
        parent[name] = copy.deepcopy(value)
    return document


def concerns(problem: Problem, at: Route, blame: int) -> bool:
    """Say whether a problem is one of the field at ``at`` or of an item in it."""
    above = server_path(at[: len(at) - blame])
    field = problem.field
    if field == above or field.startswith(server_path(at)) or problem.route[: len(at)] == at:
        return True
    return problem.route == at[:-1] and field.endswith(f".{at[-1]}")  # the server calls what is above otherwise


def tell(place: Place, name: str, constraint: Constraint, pair: Pair, value: Any, version: str) -> list[Problem]:
    """The problems of the object with a value, as far as they are of the field and of a rule of the pair."""
    blame = constraint.get("blame", constraint.get("items", {}).get("blame", 0))
    found = problems(put(place, name, value), version, custom_of(place.name))
    return [
        problem
        for problem in found
        if (not pair.rules or problem.rule in pair.rules) and concerns(problem, (*place.route, name), blame)
    ]


def _place(key: str, name: str) -> Place:
    found = PLACES.get(key, [])
    assert found, f"no object of tests/kubernetes has a {key}: add one to rare_objects.yaml"
    return next((place for place in found if name in place.parent(ALL[place.name])), found[0])


@pytest.mark.parametrize(
    ("key", "name", "constraint"), CONSTRAINTS, ids=[f"{key}-{name}" for key, name, _ in CONSTRAINTS]
)
def test_what_is_just_outside_is_refused_and_what_is_inside_is_not(
    key: str, name: str, constraint: Constraint
) -> None:
    place = _place(key, name)
    given = place.parent(ALL[place.name]).get(name, ABSENT)
    tried = list(pairs(constraint, given))

    assert tried, f"nothing can be made of {constraint}"
    for pair in tried:
        assert tell(place, name, constraint, pair, pair.wrong, LATEST), f"{pair.label}: {pair.wrong!r} is not refused"
        if pair.right is not ABSENT:
            assert not tell(place, name, constraint, pair, pair.right, LATEST), f"{pair.right!r} is refused"
        if "since" in constraint:
            before = f"1.{constraint['since'] - 1}"
            assert not tell(place, name, constraint, pair, pair.wrong, before), (
                f"{pair.wrong!r} is refused by {before}"
            )


def test_every_entry_names_its_source() -> None:
    assert [key for key, entry in overlay_entries().items() if not entry.get("source", "").strip()] == []


def test_every_form_has_examples() -> None:
    assert FORMATS.keys() == EXAMPLES.keys()
    for name, (right, wrong) in EXAMPLES.items():
        assert FORMATS[name].wrong(right) is None, name
        assert FORMATS[name].wrong(wrong), name
