"""One look at an object tells what all versions say of it, as if each had been asked."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.kubernetes.cases import problems, with_changes

from todo_lint.kubernetes.minors import Minor
from todo_lint.kubernetes.problems import Checked, ObjectVerdict
from todo_lint.kubernetes.validate import check_object, check_versions
from todo_lint.kubernetes.versions import SUPPORTED, minor_of, parse_versions

HERE = Path(__file__).parent
OBJECTS: dict[str, Any] = yaml.safe_load((HERE / "objects.yaml").read_text(encoding="utf-8"))
STRANGE: tuple[Any, ...] = (
    None,
    "",
    "0x",
    "1st",
    "01.2.3.4",
    -1,
    0,
    7,
    True,
    [],
    {},
    "A=B",
    "Recreate",
    "PreferSameZone",
)


def _plain(verdict: ObjectVerdict) -> object:
    """What of a verdict matters; that an API is deprecated is not said where a newer version has dropped it."""
    if not isinstance(verdict, Checked):
        return verdict
    return [(p.rule, p.route, p.field, p.refused) for p in verdict.problems if p.rule != "deprecated-api"]


def _by_version(value: Any) -> dict[str, object]:
    found: dict[str, object] = {}
    for piece in check_versions(value, SUPPORTED):
        for version in parse_versions(f"{piece.oldest}-{piece.newest}"):
            assert version not in found
            found[version] = _plain(piece.verdict)
    return found


def _places(value: Any, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for step, inner in steps for place in ((*route, step), *_places(inner, (*route, step)))]


def _with(value: Any, route: tuple[str | int, ...], new: Any) -> Any:
    changed = copy.deepcopy(value)
    at = changed
    for step in route[:-1]:
        at = at[step]
    at[route[-1]] = new
    return changed


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_as_they_are(name: str) -> None:
    assert _by_version(OBJECTS[name]) == {
        version: _plain(check_object(OBJECTS[name], version)) for version in SUPPORTED
    }


@pytest.mark.parametrize("name", OBJECTS)
def test_objects_with_one_place_changed(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - which places are tried need not be secret
    value = OBJECTS[name]
    for route in chance.sample(_places(value), 3):
        changed = _with(value, route, chance.choice(STRANGE))
        expected = {version: _plain(check_object(changed, version)) for version in SUPPORTED}
        assert _by_version(changed) == expected, route


DEPLOYMENT: dict[str, Any] = copy.deepcopy(OBJECTS["deployment"])
del DEPLOYMENT["spec"]["template"]["spec"]["hostAliases"]  # addresses are read more strictly since 1.36
SERVICE: dict[str, Any] = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web"},
    "spec": {"ports": [{"port": 80}]},
}


def _pieces(value: Any, versions: str = "1.25-1.37") -> list[tuple[str, str, list[str]]]:
    return [
        (piece.oldest, piece.newest, [p.rule for p in piece.verdict.problems])
        for piece in check_versions(value, parse_versions(versions))
        if isinstance(piece.verdict, Checked)
    ]


def test_what_is_the_same_everywhere_is_looked_at_once() -> None:
    assert _pieces(DEPLOYMENT) == [("1.25", "1.37", [])]
    assert _pieces(SERVICE) == [("1.25", "1.37", [])]


def test_a_field_that_came_later() -> None:
    value = _with(SERVICE, ("spec", "trafficDistribution"), "PreferClose")
    assert _pieces(value) == [("1.30", "1.37", []), ("1.25", "1.29", ["field-too-new"])]
    (_, older) = check_versions(value, SUPPORTED)
    assert isinstance(older.verdict, Checked)
    (problem,) = older.verdict.problems
    assert problem.message == 'spec has no field "trafficDistribution" before Kubernetes 1.30'
    assert (problem.route, problem.on_key) == (("spec", "trafficDistribution"), True)
    assert ">=1.30.0-0" in problem.hint


def test_a_field_that_came_later_inside_lists() -> None:
    value = _with(DEPLOYMENT, ("spec", "template", "spec", "initContainers", 0, "restartPolicy"), "Always")
    assert _pieces(value)[-1] == ("1.25", "1.27", ["field-too-new"])
    assert not any(rules for _, _, rules in _pieces(value)[:-1])


def test_a_field_that_is_known_nowhere_is_just_unknown() -> None:
    assert _pieces(_with(SERVICE, ("spec", "selektor"), {})) == [("1.25", "1.37", ["unknown-field"])]


def test_rules_that_were_relaxed_and_rules_that_were_tightened() -> None:
    digit = _with(SERVICE, ("metadata", "name"), "1st")
    assert _pieces(digit) == [("1.35", "1.37", []), ("1.25", "1.34", ["invalid-name"])]
    zeros = _with(SERVICE, ("spec", "externalIPs"), ["192.168.010.1"])
    assert _pieces(zeros) == [("1.36", "1.37", ["invalid-value"]), ("1.25", "1.35", [])]


def test_only_the_versions_that_are_asked_about_count() -> None:
    value = _with(SERVICE, ("spec", "trafficDistribution"), "PreferClose")
    assert _pieces(value, "1.30-1.37") == [("1.30", "1.37", [])]
    assert _pieces(value, "1.26,1.28,1.36") == [("1.36", "1.36", []), ("1.26", "1.28", ["field-too-new"])]


def test_apis_that_went_and_came() -> None:
    hpa = {**OBJECTS["hpa"], "apiVersion": "autoscaling/v2beta2"} if "hpa" in OBJECTS else None
    budget = {"apiVersion": "policy/v1beta1", "kind": "PodDisruptionBudget", "metadata": {"name": "a"}}
    assert _pieces(budget) == [("1.25", "1.37", ["removed-api"])]
    flow = {
        "apiVersion": "flowcontrol.apiserver.k8s.io/v1beta3",
        "kind": "FlowSchema",
        "metadata": {"name": "a"},
        "spec": {"priorityLevelConfiguration": {"name": "b"}},
    }
    assert _pieces(flow, "1.26-1.31") == [("1.29", "1.31", ["deprecated-api"]), ("1.26", "1.28", [])]
    # where the end is among the versions, that it was announced adds nothing
    assert _pieces(flow) == [
        ("1.32", "1.37", ["removed-api"]),
        ("1.29", "1.31", []),
        ("1.26", "1.28", []),
        ("1.25", "1.25", ["api-too-new"]),
    ]
    assert hpa is None or _pieces(hpa)[0][2] == ["removed-api"]


def test_a_group_that_is_kubernetes_own_in_some_version_is_never_skipped() -> None:
    claim = {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaim", "metadata": {"name": "a"}, "spec": {}}
    verdict = check_object(claim, "1.25")
    assert isinstance(verdict, Checked)
    assert [(p.rule, p.route) for p in verdict.problems] == [("api-too-new", ("apiVersion",))]


@given(
    at=st.integers(25, 37), other=st.integers(20, 40), compare=st.sampled_from(["ge", "gt", "le", "lt", "eq", "ne"])
)
@settings(max_examples=300, deadline=None)
def test_a_minor_knows_how_far_down_a_comparison_comes_out_the_same(at: int, other: int, compare: str) -> None:
    minor = Minor(at)
    method = getattr(minor, f"__{compare}__")
    outcome = method(other)
    assert outcome == getattr(at, f"__{compare}__")(other)
    same = [lower for lower in range(25, at + 1) if getattr(lower, f"__{compare}__")(other) == outcome]
    assert set(range(minor.low, at + 1)) <= set(same)
    # and no further up than needed
    assert minor.low == 25 or getattr(minor.low - 1, f"__{compare}__")(other) != outcome or compare in ("eq", "ne")


def test_a_minor_compares_on_either_side_and_still_is_a_number() -> None:
    minor = Minor(30)
    assert 28 <= minor < 35
    assert minor.low == 28
    assert f"1.{minor}" == "1.30"
    assert hash(minor) == hash(30)
    assert minor_of("1.30") == minor


@pytest.mark.parametrize(
    ("of", "at", "value", "since"),
    [
        ("wide-job", "/spec/managedBy", "", 32),
        ("wide-job", "/spec/successPolicy/rules", None, 31),
        ("service", "/spec/trafficDistribution", "near", 31),
        ("claim", "/spec/volumeAttributesClassName", "a/b", 34),
        ("statefulset", "/spec/updateStrategy", {"rollingUpdate": {"maxUnavailable": "1Gi"}}, 35),
        ("wide-job", "/spec/successPolicy/rules/0/succeededCount", -1, 31),
        ("wide-customresourcedefinition", "/spec/versions/0/selectableFields", [{"jsonPath": ".spec.kv"}], 31),
        (
            "deployment",
            "/spec/template/spec/containers/0/volumeMounts/-",
            {"name": "tmp", "mountPath": "/other", "recursiveReadOnly": "Enabled"},
            31,
        ),
    ],
)
def test_what_older_servers_drop_they_do_not_refuse(of: str, at: str, value: object, since: int) -> None:
    changed = with_changes(of, {at: value})

    assert problems(changed, "1.30") == []
    assert problems(changed, f"1.{since - 1}") == []
    assert problems(changed, f"1.{since}")
