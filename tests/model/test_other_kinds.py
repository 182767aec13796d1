"""Kinds that are no Kinds of ours, by their names; and the fields that few kinds have."""

from __future__ import annotations

import pytest
from tests.model.reading import read, stated


@pytest.mark.parametrize(
    ("heading", "kind", "name"),
    [
        ("### ServiceMonitor: `shop-api`", "ServiceMonitor", "shop-api"),
        ("### shop-route (HTTPRoute)", "HTTPRoute", "shop-route"),
        ("### PriorityClass `shop-high`", "PriorityClass", "shop-high"),
        ("### shop-keys ExternalSecret", "ExternalSecret", "shop-keys"),
    ],
)
def test_a_heading_names_one(heading: str, kind: str, name: str) -> None:
    model = read("# The shop", heading, "- Namespace: shop")
    assert stated(model) == [(2, kind, name, "name", name), (3, kind, name, "namespace", "shop")]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("ServiceMonitors", "ServiceMonitor"), ("AuthorizationPolicies", "AuthorizationPolicy"),
     ("PriorityClasses", "PriorityClass")],
)  # fmt: skip
def test_a_heading_announces_several(heading: str, kind: str) -> None:
    model = read(
        f"## {heading}", "", "| Name | Namespace |", "|---|---|", "| shop-api | shop |", "", "- **shop-web**"
    )
    assert stated(model) == [
        (5, kind, "shop-api", "name", "shop-api"),
        (5, kind, "shop-api", "namespace", "shop"),
        (7, kind, "shop-web", "name", "shop-web"),
    ]


@pytest.mark.parametrize("heading", ["Kafka topics", "Kafka users", "Scaled objects", "Priority class"])
def test_such_words_apart_are_of_the_application(heading: str) -> None:
    assert stated(read(f"## {heading}", "", "- **shop-orders**", "", "| Name |", "|---|", "| shop-mails |")) == []


@pytest.mark.parametrize(
    ("kind", "route"),
    [
        ("Deployment", "spec.template.spec"),
        ("Job", "spec.template.spec"),
        ("CronJob", "spec.jobTemplate.spec.template.spec"),
        ("Pod", "spec"),
    ],
)
def test_the_grace_period_of_pods_is_where_the_kind_has_it(kind: str, route: str) -> None:
    model = read(f"### {kind}: `shop-api`", "- Grace Period: 30 seconds")
    assert stated(model)[1:] == [(2, kind, "shop-api", f"{route}.terminationGracePeriodSeconds", "30")]


def test_a_volume_of_the_cluster_has_what_a_claim_has() -> None:
    lines = "- Capacity: 5Gi", "- Access Mode: RWO", "- Storage Class: fast"
    model = read("### PersistentVolume: `shop-disk`", *lines)
    assert [(line, attribute, value) for line, _, _, attribute, value in stated(model)[1:]] == [
        (2, "size", "5Gi"),
        (3, "accessMode", "ReadWriteOnce"),
        (4, "storageClassName", "fast"),
    ]


@pytest.mark.parametrize(
    ("line", "attribute", "value"),
    [
        ("spec.template.spec.hostNetwork: true", "spec.template.spec.hostNetwork", "true"),
        ("spec.replicas: 2 (configurable)", "replicas", "2"),
        ("envSource.API_KEY: Secret/shop-keys:api", "envSource.API_KEY", "Secret/shop-keys:api"),
        ("volumes.tmp: emptyDir", "volumes.tmp", "emptyDir"),
        ("volumeMounts.tmp: /tmp", "volumeMounts.tmp", "/tmp"),
    ],
)
def test_a_key_may_be_the_attribute_itself(line: str, attribute: str, value: str) -> None:
    model = read("### Deployment: `shop-api`", f"- {line}")
    assert stated(model)[1:] == [(2, "Deployment", "shop-api", attribute, value)]


def test_a_path_of_an_ingress_may_have_a_port_alone() -> None:
    lines = (
        "spec:",
        "  rules:",
        "    - http:",
        "        paths:",
        "          - backend: {service: {port: {number: 80}}}",
    )
    model = read("```yaml", "kind: Ingress", "metadata: {name: shop-in}", *lines, "```")
    assert stated(model) == [
        (3, "Ingress", "shop-in", "name", "shop-in"),
        (8, "Ingress", "shop-in", "backend.port", "80"),
    ]


def test_a_remark_may_say_the_kind_first() -> None:
    model = read("### shop-api (Deployment, 2 replicas)", "- Port: 80", "", "### shop-web (Next.js, 80)")
    assert stated(model) == [
        (1, "Deployment", "shop-api", "name", "shop-api"),
        (1, "Deployment", "shop-api", "replicas", "2"),
        (2, "Deployment", "shop-api", "containerPort", "80"),
    ]


def test_a_remark_may_put_off_what_it_says_the_kind_of() -> None:
    model = read("### shop-data (PVC, optional)", "- Size: 1Gi")
    assert [(s.line, s.kind, s.attribute, s.modality) for s in model.statements] == [
        (1, "PersistentVolumeClaim", "name", "optional"),
        (2, "PersistentVolumeClaim", "size", "optional"),
    ]
