"""What differs in several places or profiles for one reason is said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from todo_lint.findings import Layer, ResourceRef, Route, Verdict
from todo_lint.kubernetes_yaml.document import YamlDocument
from todo_lint.manifests.resources import Resource, Source
from todo_lint.model.divergence import Conformance, Outcomes, Places, Rendering, Reruns, compare
from todo_lint.model.outcomes import Outcome, Target
from todo_lint.model.statements import Attribute, Kind, Modality, Statement

WEB = Resource(
    ResourceRef("v1", "Service", "web"), {}, YamlDocument({}, 1), Source("x.yaml", Layer.MANIFEST, "")
)  # fmt: skip


def _statement(line: int, kind: Kind = Kind.SERVICE, attribute: str = Attribute.PORT, name: str = "web") -> Statement:
    return Statement(kind, name, attribute, "80", Modality.REQUIRED, line, f"- line {line}")


def _holds(line: int, kind: Kind = Kind.SERVICE) -> Outcome:
    return Outcome(_statement(line, kind), Verdict.HOLDS)


def _violated(
    line: int, actual: str = "81", route: Route = ("spec", "port"), kind: Kind = Kind.SERVICE
) -> Outcome:  # fmt: skip
    target = Target(route, WEB) if kind is not Kind.VALUES else Target(route, chart_file="values.yaml")
    return Outcome(_statement(line, kind), Verdict.VIOLATED, f"it is {actual}", actual, target)


def _compare(
    base: Outcomes,
    profiles: Mapping[str, Outcomes],
    combined: Outcomes | None = None,
    mended: Outcomes | None = None,
) -> Conformance:
    return compare(
        base, {name: Rendering(own) for name, own in profiles.items()}, Reruns(lambda _: combined, lambda _: mended)
    )


def _lines(found: Conformance) -> list[tuple[int, list[int], tuple[str, ...]]]:
    return [
        (d.primary.statement.line, [outcome.statement.line for outcome in d.outcomes], d.profiles)
        for d in found.divergences
    ]


def test_nothing_differs() -> None:
    base = (_holds(1), _holds(2))

    found = _compare(base, {"default": base, "ci": base})

    assert found.divergences == ()
    assert [verdict for _, verdict in found.statements] == [Verdict.HOLDS, Verdict.HOLDS]
    assert found.count()[Verdict.HOLDS] == 2
    assert sum(found.count().values()) == 2


def test_two_statements_on_one_field_are_one_divergence_and_two_fields_are_two() -> None:
    same = (_violated(1), _violated(2))
    apart = (_violated(1), _violated(2, route=("spec", "nodePort")))

    assert _lines(_compare(same, {"": same})) == [(1, [1, 2], ("",))]
    assert _lines(_compare(apart, {"": apart})) == [(1, [1], ("",)), (2, [2], ("",))]


def test_a_missing_entity_swallows_its_attributes_and_not_those_of_another() -> None:
    outcomes = tuple(
        Outcome(_statement(line, attribute=attribute), Verdict.MISSING, "gone", entity=entity)
        for line, attribute, entity in (
            (1, Attribute.PORT, "Service web"),
            (2, Attribute.NAME, "Service web"),
            (3, Attribute.NAME, "Service api"),
        )
    )

    assert _lines(_compare(outcomes, {"": outcomes})) == [(2, [1, 2], ("",)), (3, [3], ("",))]


def test_the_worst_verdict_names_the_cause() -> None:
    renamed = Outcome(_statement(1), Verdict.RENAMED, "renamed", "x", Target(("spec", "port"), WEB))
    outcomes = (renamed, _violated(2))

    (divergence,) = _compare(outcomes, {"": outcomes}).divergences

    assert divergence.primary is outcomes[1]
    assert divergence.outcomes == outcomes


def test_a_values_key_takes_in_what_its_documented_value_mends() -> None:
    base = (_violated(1), _violated(2, route=("a",), kind=Kind.VALUES), _violated(3, route=("other",)))
    mended = (_holds(1), _holds(2), _violated(3, route=("other",)))

    assert _lines(_compare(base, {"": base}, mended=mended)) == [(1, [1, 2], ("",)), (3, [3], ("",))]


@pytest.mark.parametrize("still", [None, (_violated(1), _holds(2, Kind.VALUES))], ids=["no rendering", "not mended"])
def test_a_values_key_takes_in_nothing_that_it_does_not_mend(still: Outcomes | None) -> None:
    base = (_violated(1), _violated(2, route=("a",), kind=Kind.VALUES))

    assert _lines(_compare(base, {"": base}, mended=still)) == [(1, [1], ("",)), (2, [2], ("",))]


KEYS = (_violated(3, route=("a",), kind=Kind.VALUES), _violated(4, route=("b",), kind=Kind.VALUES))
FIELDS = (_violated(1, route=("spec", "port")), _violated(2, route=("spec", "type")))
PORT, TYPE = frozenset({("Service/web", ("spec", "port"))}), frozenset({("Service/web", ("spec", "type"))})
NOWHERE: Places = frozenset()


class _Runs:
    """Values of keys: ``by_line`` says which fields each key's line puts right; ``places`` where each key is seen."""

    def __init__(self, by_line: Mapping[int, tuple[int, ...]], places: Mapping[int, Places], base: Outcomes) -> None:
        self.tried: list[tuple[int, ...]] = []
        self._by_line, self._places, self._base = by_line, places, base

    def mended(self, statements: Sequence[Statement]) -> Outcomes:
        self.tried.append(tuple(statement.line for statement in statements))
        right = {line for statement in statements for line in self._by_line[statement.line]}
        return tuple(_holds(o.statement.line) if o.statement.line in right else o for o in self._base)

    def puts(self, statements: Sequence[Statement]) -> Sequence[Places]:
        return [self._places[statement.line] for statement in statements]


@pytest.mark.parametrize(
    ("by_line", "places", "expected", "tried"),
    [
        ({3: (1,), 4: (2,)}, {3: PORT, 4: TYPE}, [[1, 3], [2, 4]], [(3, 4)]),
        ({3: (2,), 4: (1,)}, {3: TYPE, 4: PORT}, [[1, 4], [2, 3]], [(3, 4)]),
        ({3: (1,), 4: (2,)}, {3: PORT, 4: NOWHERE}, [[1, 3], [2, 4]], [(3, 4), (4,)]),
        ({3: (1,), 4: ()}, {3: PORT, 4: PORT}, [[1, 3], [2], [4]], [(3, 4), (3,)]),
        ({3: (), 4: ()}, {3: PORT, 4: TYPE}, [[1], [2], [3], [4]], [(3, 4)]),
    ],
    ids=["each its own", "crosswise", "one is seen nowhere", "both are seen in one place", "neither puts right"],
)
def test_several_values_keys_are_told_apart(
    by_line: Mapping[int, tuple[int, ...]],
    places: Mapping[int, Places],
    expected: list[list[int]],
    tried: list[tuple[int, ...]],
) -> None:
    base = (*FIELDS, *KEYS)
    runs = _Runs(by_line, places, base)

    found = compare(base, {"": Rendering(base)}, Reruns(lambda _: None, runs.mended, puts=runs.puts))

    assert [lines for _, lines, _ in _lines(found)] == expected
    assert list(dict.fromkeys(runs.tried)) == tried


@pytest.mark.parametrize(
    ("attributes", "tried"),
    [
        (("web.port", "api.port", "api.ports"), [(5, 6, 7)]),
        (("web", "api.port", "web.port.http"), [(5, 6, 7), (7,), (5,)]),
    ],
    ids=["keys beside each other", "a key below another"],
)
def test_a_value_that_nothing_reads_is_tried_with_those_above_and_below_it_alone(
    attributes: Sequence[str], tried: list[tuple[int, ...]]
) -> None:
    base = tuple(
        Outcome(_statement(line, Kind.VALUES, attribute), Verdict.MISSING, "not there")
        for line, attribute in enumerate(attributes, start=5)
    )
    runs = _Runs({line: (line,) for line in (5, 6, 7)}, dict.fromkeys((5, 6, 7), NOWHERE), base)

    found = compare(base, {"": Rendering(base)}, Reruns(lambda _: None, runs.mended, puts=runs.puts))

    assert [lines for _, lines, _ in _lines(found)] == [[5], [6], [7]]
    assert runs.tried == tried


def test_own_values_of_a_profile_override() -> None:
    base, own = (_holds(1),), (_violated(1),)

    found = _compare(base, {"default": base, "ci": own}, combined=own)

    assert found.divergences == ()
    assert [verdict for _, verdict in found.statements] == [Verdict.OVERRIDDEN]


@pytest.mark.parametrize(
    "combined", [None, (_holds(1),), (_violated(1, "82"),)], ids=["no rendering", "it holds", "yet another value"]
)
def test_what_the_own_values_do_not_cause_is_no_override(combined: Outcomes | None) -> None:
    base, own = (_holds(1),), (_violated(1),)

    found = _compare(base, {"default": base, "ci": own}, combined=combined)

    assert _lines(found) == [(1, [1], ("ci",))]
    assert [verdict for _, verdict in found.statements] == [Verdict.VIOLATED]


def test_what_base_shows_too_is_no_override() -> None:
    both = (_violated(1),)

    found = _compare(both, {"default": both, "ci": both}, combined=both)

    assert _lines(found) == [(1, [1], ("default", "ci"))]


def test_equal_findings_of_profiles_are_one_and_others_stay_apart() -> None:
    base = (_holds(1),)
    profiles = {"a": (_violated(1),), "b": (_violated(1),), "c": (_violated(1, "82", ("elsewhere",)),)}

    assert _lines(_compare(base, profiles, combined=base)) == [(1, [1], ("a", "b")), (1, [1], ("c",))]


def test_one_field_in_profiles_that_share_none_is_not_one_divergence() -> None:
    base = (_holds(1), _holds(2))
    profiles = {"a": (_violated(1), _holds(2)), "b": (_holds(1), _violated(2))}

    assert _lines(_compare(base, profiles, combined=base)) == [(1, [1], ("a",)), (2, [2], ("b",))]


def test_each_statement_has_its_worst_verdict() -> None:
    base = (_holds(1), Outcome(_statement(2), Verdict.LATER))
    own = (_violated(1), Outcome(_statement(2), Verdict.LATER))

    found = _compare(base, {"default": base, "ci": own}, combined=base)

    assert [verdict for _, verdict in found.statements] == [Verdict.VIOLATED, Verdict.LATER]


def test_a_base_that_is_not_checked_still_counts_its_statements() -> None:
    base = (_holds(1), Outcome(_statement(2), Verdict.NOT_CHECKABLE))

    found = _compare(base, {})

    assert [verdict for _, verdict in found.statements] == [Verdict.HOLDS, Verdict.NOT_CHECKABLE]
