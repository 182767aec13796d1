"""Each field of the Pod Security Standards, in each place, at the versions of the standard that change it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from todo_lint.findings import Layer, ResourceRef, Route
from todo_lint.kubernetes.podsecurity import (
    CHANGES,
    Level,
    Policy,
    SecuredPod,
    parse_policy,
    policy_of_namespace,
    secured_pods,
    standard_versions,
)
from todo_lint.kubernetes.versions import SUPPORTED
from todo_lint.kubernetes_yaml.document import YamlDocument
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Resource, ResourceSet, Source
from todo_lint.model.outcomes import Target
from todo_lint.rules.api import Context, Subject
from todo_lint.rules.registry import rules_for

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
NEWEST = 37


def container(name: str) -> dict[str, Any]:
    strict = {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    return {"name": name, "image": "a", "securityContext": strict}


POD: dict[str, Any] = {
    "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
    "initContainers": [container("first")],
    "containers": [container("main"), container("side")],
    "ephemeralContainers": [container("debug")],
}
ROUTES: dict[str, Route] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "ReplicationController": ("spec", "template"),
    "ReplicaSet": ("spec", "template"),
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}


SOURCE = Source("a.yaml", Layer.MANIFEST, "{}")
(DOCUMENT,) = read_stream(SOURCE.text)
assert isinstance(DOCUMENT, YamlDocument)


def resources(*objects: Any) -> ResourceSet:
    assert isinstance(DOCUMENT, YamlDocument)
    made = []
    for value in objects:
        metadata = value["metadata"]
        ref = ResourceRef(value["apiVersion"], value["kind"], metadata["name"], metadata.get("namespace"))
        made.append(Resource(ref, value, DOCUMENT, SOURCE))
    return ResourceSet(tuple(made))


def found(pod: Any, level: Level, minor: int, annotations: Any = None, kind: str = "Pod") -> list[tuple[str, str]]:
    """The rules that object to a pod, each with the field it points at, relative to the pod."""
    route = ROUTES[kind]
    value: Any = {"metadata": {"name": "a", "annotations": annotations or {}}, "spec": pod}
    for step in reversed(route):
        value = {step: value}
    value = {"apiVersion": "v1", "kind": kind, "metadata": {"name": "a"}, **value}
    every = resources(value)
    secured = SecuredPod(every.resources[0], route, level, minor, ("1.37",))
    context = Context("", every, "1.37", {})
    told = []
    for rule in rules_for(Subject.POD):
        for defect in rule.check(secured, context):
            assert isinstance(defect.place, Target)
            assert defect.place.route[: len(route)] == route
            assert level.label in defect.message
            assert defect.hint
            told.append((rule.id, ".".join(map(str, defect.place.route[len(route) :]))))
    return told


def changed(place: str, field: str, value: Any, with_: Any) -> tuple[Any, dict[str, str], str]:
    """A pod and its annotations with a field set, and the way to the field; None takes it away."""
    pod: Any = {**copy.deepcopy(POD), **(with_ or {})}
    if place == "annotations":
        return pod, {} if value is None else {field: value}, f"metadata.annotations.{field}"
    at: Any = pod if place == "spec" else pod[place][-1]
    way = "spec" if place == "spec" else f"spec.{place}.{len(pod[place]) - 1}"
    *steps, last = field.split(".")
    for step in steps:
        at = at.setdefault(step, {})
    at[last] = value
    if value is None:
        del at[last]
        if steps and not at and last in ("type", "host", "hostProcess"):  # nothing is left of what held it
            _remove(pod if place == "spec" else pod[place][-1], steps)
    return pod, {}, f"{way}.{field}"


def _remove(at: Any, steps: list[str]) -> None:
    for step in steps[:-1]:
        at = at[step]
    del at[steps[-1]]


def table() -> Iterator[Any]:
    """(case, place, value, version of the standard, whether it is refused)."""
    for case in CASES:
        since = case.get("since", 0)
        for place in case["places"]:
            for value in case["fails"]:
                yield case, place, value, NEWEST, True
                yield case, place, value, since, True
                if since:
                    yield case, place, value, since - 1, False
            for value in case["passes"]:
                yield case, place, value, NEWEST, False
                yield case, place, value, since, False
            for minor, values in case.get("relaxed", {}).items():
                for value in values:
                    yield case, place, value, minor - 1, True
                    yield case, place, value, minor, False


def _name(entry: tuple[Any, ...]) -> str:
    case, place, value, minor, _ = entry
    return f"{case['rule']}-{case['level']}-{place}-{case['field']}={value}-1.{minor}"


@pytest.mark.parametrize("entry", list(table()), ids=_name)
def test_each_field_in_each_place(entry: tuple[Any, ...]) -> None:
    case, place, value, minor, refused = entry
    pod, annotations, way = changed(place, case["field"], value, case.get("with"))
    told = [
        field for rule, field in found(pod, Level[case["level"].upper()], minor, annotations) if rule == case["rule"]
    ]

    assert bool(told) is refused
    for field in told:  # the field itself, an item inside it, or where a container lacks what the pod does not have
        assert field.startswith(way) or (value is None and place == "spec" and "securityContext" in field)


def test_every_rule_has_cases_that_fail_and_that_pass_in_every_place() -> None:
    places: dict[str, set[str]] = {}
    for case, place, _, _, refused in table():
        places.setdefault(f"{case['rule']} {'fails' if refused else 'passes'}", set()).add(place)
    for rule in rules_for(Subject.POD):
        assert places[f"{rule.id} fails"] <= places[f"{rule.id} passes"]
        inside = places[f"{rule.id} passes"] & {"containers", "initContainers", "ephemeralContainers"}
        assert len(inside) in (0, 3)


@pytest.mark.parametrize("minor", range(38))
def test_the_plain_pod_passes_restricted_at_every_version(minor: int) -> None:
    assert found(POD, Level.RESTRICTED, minor) == []
    windows = {**POD, "os": {"name": "windows"}}
    assert found(windows, Level.RESTRICTED, minor) == []


@pytest.mark.parametrize("kind", ROUTES)
def test_every_kind_that_has_a_pod_template(kind: str) -> None:
    bad = {**POD, "hostPID": True}
    assert found(bad, Level.BASELINE, NEWEST, kind=kind) == [("host-namespace-shared", "spec.hostPID")]
    value: Any = {"metadata": {"name": "a"}, "spec": bad}
    for step in reversed(ROUTES[kind]):
        value = {step: value}
    value = {"apiVersion": "v1", "kind": kind, "metadata": {"name": "a"}, **value}
    (pod,) = secured_pods(resources(value), Policy(Level.BASELINE, 30), "default", SUPPORTED[-2:])
    assert (pod.resource.ref.kind, pod.route, pod.minor) == (kind, ROUTES[kind], 29)


def test_a_field_of_the_wrong_type_crashes_nothing() -> None:
    odd: dict[str, Any] = {
        "securityContext": [],
        "volumes": {"a": 1},
        "containers": [1, None, {"securityContext": "x", "ports": ["a"], "livenessProbe": 3}, {"ports": 7}],
        "initContainers": "none",
    }
    assert {rule for rule, _ in found(odd, Level.RESTRICTED, NEWEST)} <= {rule.id for rule in rules_for(Subject.POD)}


def test_policies_as_text() -> None:
    assert parse_policy("restricted") == Policy(Level.RESTRICTED)
    assert parse_policy("baseline:v1.30") == parse_policy("baseline:1.30") == Policy(Level.BASELINE, 30)
    assert parse_policy("baseline:latest") == Policy(Level.BASELINE)
    for wrong in ("", "strict", "baseline:", "baseline:v2.1", "baseline:v1.05", "Restricted"):
        assert parse_policy(wrong) is None


def namespace(**labels: str) -> Any:
    marks = {f"pod-security.kubernetes.io/{name.replace('_', '-')}": value for name, value in labels.items()}
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": marks}}


@pytest.mark.parametrize(
    ("labels", "policy"),
    [
        ({}, None),
        ({"warn": "restricted"}, None),
        ({"enforce": "baseline"}, Policy(Level.BASELINE)),
        ({"enforce": "restricted", "enforce_version": "v1.28"}, Policy(Level.RESTRICTED, 28)),
        ({"enforce": "strict"}, Policy(Level.RESTRICTED)),  # as a server takes it
        ({"enforce": "baseline", "enforce_version": "newest"}, Policy(Level.BASELINE)),
    ],
)
def test_labels_of_a_namespace(labels: dict[str, str], policy: Policy | None) -> None:
    assert policy_of_namespace(resources(namespace(**labels)).resources[0]) == policy


def test_a_namespace_holds_for_the_pods_in_it_and_the_stricter_policy_wins() -> None:
    def pod(name: str, space: str | None) -> Any:
        metadata = {"name": name, **({"namespace": space} if space else {})}
        return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": POD}

    every = resources(namespace(enforce="baseline"), pod("in", "shop"), pod("out", "other"), pod("release", None))

    def levels(policy: Policy | None, release: str) -> dict[str, str]:
        pods = secured_pods(every, policy, release, ("1.37",))
        return {pod.resource.ref.name: pod.level.label for pod in pods}

    assert levels(None, "default") == {"in": "baseline"}
    assert levels(None, "shop") == {"in": "baseline", "release": "baseline"}
    assert levels(Policy(Level.RESTRICTED), "default") == dict.fromkeys(("in", "out", "release"), "restricted")
    assert levels(Policy(Level.PRIVILEGED), "default") == {"in": "baseline"}


def test_a_server_applies_the_standard_of_its_own_version_or_of_the_one_that_is_named() -> None:
    latest = list(standard_versions(Policy(Level.BASELINE), ("1.28", "1.33", "1.34", "1.36")))
    assert latest == [(35, ("1.36",)), (34, ("1.34",)), (32, ("1.33",)), (27, ("1.28",))]
    assert list(standard_versions(Policy(Level.BASELINE, 24), SUPPORTED)) == [(23, SUPPORTED)]
    assert list(standard_versions(Policy(Level.BASELINE, 34), ("1.33", "1.34", "1.35"))) == [
        (34, ("1.34", "1.35")),
        (32, ("1.33",)),
    ]


def test_a_version_that_no_control_names_is_refused() -> None:
    every = resources({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": POD})
    pod = SecuredPod(every.resources[0], (), Level.BASELINE, NEWEST)
    assert all(pod.since(change) for change in CHANGES)
    with pytest.raises(ValueError, match="missing in CHANGES"):
        pod.since(33)
