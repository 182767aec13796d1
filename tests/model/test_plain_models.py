"""Plain data models: what their schema refuses, where, and what it says; what Kubernetes does not know stays free."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest

from todo_lint.errors import UserError
from todo_lint.model.conformance import _BY_PREFIX, _OF_KIND
from todo_lint.model.reader import read_text
from todo_lint.model.statements import Kind, Prefix
from todo_lint.shipped import shipped_path

SCHEMA = json.loads(Path(shipped_path("schemas/data-model.json")).read_text(encoding="utf-8"))


def document(kind: str, fact: str) -> str:
    return f"version: 1\nentities:\n- kind: {kind}\n  name: web\n  facts:\n    {fact}\n"


@pytest.mark.parametrize(
    ("kind", "fact", "line", "told"),
    [
        ("Service", "prot: 80", 6, "a Service has no attribute prot; did you mean port?"),
        ("Service", "target_port: 80", 6, "a Service has no attribute target_port; did you mean targetPort?"),
        ("Deployment", "livenesProbe.path: /x", 6, "no attribute livenesProbe.path; did you mean livenessProbe"),
        ("Deployment", "envfrom: Secret", 6, "a Deployment has no attribute envfrom; did you mean env.from?"),
        ("Namespace", "colour: red", 6, "no attribute colour; it has name, exists, namespace, apiVersion"),
        ("Service", "port: eighty", 6, "port must be a port: 1 to 65535, not 'eighty'"),
        ("Service", "port: 0", 6, "port must be a port: 1 to 65535, not '0'"),
        ("Service", "port: '65536'", 6, "port must be a port: 1 to 65535, not '65536'"),
        ("Service", "port: [80, 99999]", 6, "port must be a port: 1 to 65535"),
        ("Service", "port:", 6, "port must be a port: 1 to 65535, and there is none"),
        ("Service", "type: nodeport", 6, "must be a type of Service: ClusterIP, NodePort, LoadBalancer, External"),
        ("Deployment", "replicas: {atLeast: two}", 6, "replicas must be a whole number"),
        ("Deployment", "resources.limits.memory: 1GB", 6, "must be a quantity such as 500m or 1Gi, not '1GB'"),
        ("Deployment", "livenessProbe.path: health", 6, "must be a path that begins with /, not 'health'"),
        ("Servcie", "port: 80", 3, "Servcie is not a kind that is known; did you mean Service?"),
        ("service", "port: 80", 3, "a kind begins with a capital letter, as Kubernetes writes it; did you mean S"),
    ],
)  # fmt: skip
def test_what_a_kind_cannot_have_is_refused_with_its_line(kind: str, fact: str, line: int, told: str) -> None:
    with pytest.raises(UserError) as refused:
        read_text(document(kind, fact), "data-model.yaml")
    assert str(refused.value).startswith(f"data-model.yaml:{line}: ")
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "fact"),
    [
        ("ServiceMonitor", "whatever: 1"),
        ("IngressRoute", "prot: 80"),
        ("Service", "port: '65535'"),
        ("Service", "port: [80, {value: 443, modality: configurable}]"),
        ("Service", "port: '{{ .Values.port }}'"),
        ("Service", "spec.sessionAffinity: None"),
        ("Service", "type: {oneOf: [NodePort, LoadBalancer]}"),
        ("Deployment", "env.LOG_LEVEL:"),
        ("Deployment", "replicas: {atLeast: 2, atMost: 5}"),
        ("Deployment", "resources.limits.cpu: 0.5"),
        ("Deployment", "resources.requests.nvidia.com/gpu: 1"),
        ("Deployment", "spec.template.spec.hostNetwork: true"),
        ("Deployment", "securityContext.capabilities.drop: ALL"),
        ("HorizontalPodAutoscaler", "metrics.cpu: 70%"),
        ("ClusterRole", "rules[0].verbs[0]: get"),
        ("Values", "prot: 80"),
        ("Chart", "version: 1.0.0-rc.1+build"),
    ],
)
def test_what_a_kind_can_have_is_read(kind: str, fact: str) -> None:
    assert [s.line for s in read_text(document(kind, fact), "data-model.yaml").statements if s.attribute != "name"]


def test_the_message_never_shows_a_value_of_a_secret() -> None:
    with pytest.raises(UserError) as refused:
        read_text(document("Secret", "data.a: [{value: hunter22}, {valu: hunter22}]"), "data-model.yaml")
    assert "hunter22" not in str(refused.value)


@pytest.mark.parametrize("kind", sorted(str(kind) for kind in _OF_KIND if kind != Kind.VALUES))
def test_the_schema_has_every_attribute_that_is_checked(kind: str) -> None:
    names = [*map(str, _OF_KIND[kind]), "name", "exists"]
    if kind in ("Deployment", "Pod"):
        names += [str(prefix) + "x" for prefix, _ in _BY_PREFIX if prefix not in _NARROW]
    names = [name for name in names if (kind, name) not in (("Network", "name"), ("Security", "name"))]
    entity = {"kind": kind, "facts": dict.fromkeys(names, "{anything}") | {"exists": None}}
    assert jsonschema_rs.is_valid(SCHEMA, {"entities": [entity]}), kind


_NARROW = (Prefix.LIVENESS, Prefix.READINESS, Prefix.STARTUP, Prefix.PROBE, Prefix.SECURITY_CONTEXT, Prefix.METRIC)


@pytest.mark.parametrize(
    ("said", "value", "bounds"),
    [
        ("{atLeast: 2}", ">= 2", ("2", "")),
        ("{atMost: 5}", "<= 5", ("", "5")),
        ("{atLeast: 2, atMost: 5}", "2-5", ("2", "5")),
    ],
)
def test_a_range_is_written_as_in_markdown(said: str, value: str, bounds: tuple[str, str]) -> None:
    text = f"version: 1\nentities:\n- kind: Deployment\n  name: web\n  facts:\n    replicas: {said}\n"
    statement = read_text(text, "data-model.yaml").statements[-1]
    assert (statement.value, statement.bounds, statement.line) == (value, bounds, 6)
