"""A heading names a kind, and bullets below it are names of that kind: alone, or with what they are behind them."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told

LIKE_A_SERVICE = "what is read looks like `web`: ClusterIP, port 8000"


@pytest.mark.parametrize("bullet", ["- **shop**", "- `shop`", "- **`shop`**", "- **shop** (made by hand)"])
@pytest.mark.parametrize("heading", ["## Namespace", "## Namespaces", "## Kubernetes Namespace"])
def test_a_name_alone_below_a_kind_is_one_of_that_kind(heading: str, bullet: str) -> None:
    model = read(heading, bullet)
    assert stated(model) == [(2, "Namespace", "shop", "name", "shop")]
    assert told(model) == []


def test_a_name_alone_in_code_marks_below_a_heading_is_its_name() -> None:
    assert stated(read("## Namespace", "", "`shop`")) == [(3, "Namespace", "shop", "name", "shop")]
    assert stated(read("## Namespace", "", "The `shop` is made by hand.")) == []
    assert stated(read("## Namespace", "", "`kubectl get ns`")) == []


def test_a_heading_below_a_kind_is_the_name_of_one() -> None:
    model = read("## Deployment", "### web-server", "- Replicas: 3", "### spec", "- Replicas: 2")
    assert stated(model) == [
        (2, "Deployment", "web-server", "name", "web-server"),
        (3, "Deployment", "web-server", "replicas", "3"),
        (5, "Deployment", "web-server", "replicas", "2"),
    ]


@pytest.mark.parametrize("bullet", ["- all of them", "- Shop", "- **Labels**: app=shop", "- **isolates the shop**"])
def test_what_is_no_name_below_a_kind_is_none(bullet: str) -> None:
    assert [fact for fact in stated(read("## Namespace", bullet)) if fact[3] == "name"] == []


def test_a_name_without_marks_is_told() -> None:
    model = read("## Services", "- web", "- of the shop")
    assert told(model) == [(2, "if it is the name of a Service, write it in bold or as code: **web**")]
    assert prose(model) == [1, 3]


def test_keys_of_a_config_map_are_no_names() -> None:
    model = read("## ConfigMap", "- Name: app-config", "- `log-level`", "- **database-url**", "  - Purpose: a URL")
    assert [(line, name, attribute) for line, _, name, attribute, _ in stated(model)] == [
        (2, "app-config", "name"),
        (3, "app-config", "data.log-level"),
        (4, "app-config", "data.database-url"),
    ]


def test_the_name_of_a_config_map_has_its_data_below_it() -> None:
    model = read("## ConfigMap", "- **app-config**", "  - LOG_LEVEL: info", "## Secret", "- **app-key**", "  - `jwt`")
    assert [(line, name, attribute) for line, _, name, attribute, _ in stated(model)] == [
        (2, "app-config", "name"),
        (3, "app-config", "data.LOG_LEVEL"),
        (5, "app-key", "name"),
        (6, "app-key", "data.jwt"),
    ]


@pytest.mark.parametrize(
    ("heading", "bullet", "facts"),
    [
        ("Services", "`api`: ClusterIP, port 8000", "type=ClusterIP port=8000"),
        ("Services", "**api** - NodePort 30080", "type=NodePort nodePort=30080"),
        ("Services", "`api` - NodePort 80:30080", "type=NodePort port=80 nodePort=30080"),
        ("Services", "`api`: ClusterIP on port 8000", "type=ClusterIP port=8000"),
        ("Services", "`api`: ports 80, 443, internal only", "port=80 port=443"),
        ("Services", "`api`: port 80 -> 3000 (internal)", "port=80 targetPort=3000"),
        ("Services", "**db**: headless, port 5432", "clusterIP=None port=5432"),
        ("Services", "`api` (ClusterIP): internal only", "type=ClusterIP"),
        ("Services", "`api` (ClusterIP)", "type=ClusterIP"),
        ("Services", "`api`: what the pages talk to", ""),
        ("Service", "`api`: ClusterIP, port 8000", "type=ClusterIP port=8000"),
        ("Deployments", "`api`: image x, 2 replicas, port 8000", "image=x replicas=2 containerPort=8000"),
        ("Deployments", "**api**: runs image api:1 with 3 replicas", "image=api:1 replicas=3"),
        ("Deployments", "`api`: limits 1 CPU, 1Gi memory", "resources.limits.cpu=1 resources.limits.memory=1Gi"),
        ("Deployments", "`api`: 1Gi memory limit", "resources.limits.memory=1Gi"),
        ("Ingresses", "`in`: host a.example.com, /api -> api:80",
         "host=a.example.com path=/api backend.service=api backend.port=80"),
        ("PersistentVolumeClaims", "`data`: 5Gi, ReadWriteOnce", "size=5Gi accessMode=ReadWriteOnce"),
        ("HPAs", "`web`: 2-5 replicas, target CPU 70%", "minReplicas=2 maxReplicas=5 metrics.cpu=70"),
        ("ServiceAccount", "**web**: for the pages", ""),
    ],
)  # fmt: skip
def test_a_line_can_name_an_entity_and_say_what_it_is(heading: str, bullet: str, facts: str) -> None:
    model = read(f"## {heading}", f"- {bullet}")
    (line, _, name, attribute, value), *others = stated(model)
    assert (line, attribute, value) == (2, "name", name)
    assert " ".join(f"{fact}={value}" for _, _, _, fact, value in others) == facts
    assert told(model) == []
    assert {s.column for s in model.statements} == {1}


def test_a_part_that_is_not_understood_is_told_beside_those_that_are() -> None:
    model = read("## Services", "- `api`: ClusterIP, prot 8000", "- **web**: 3000", "- `db`: ClusterPI, port 5432")
    assert told(model) == [
        (2, f"'prot 8000' is not understood; {LIKE_A_SERVICE}"),
        (3, f"'3000' is not understood; {LIKE_A_SERVICE}"),
        (4, f"'ClusterPI' is not understood; {LIKE_A_SERVICE}"),
    ]
    assert [(line, attribute) for line, _, _, attribute, _ in stated(model)] == [
        (2, "name"), (2, "type"), (3, "name"), (4, "name"), (4, "port"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "bullet"),
    [
        ("Services", "- **port**: the port that is exposed"),
        ("Services", "- `type`: String, the type of the Service"),
        ("Secrets", "- `jwt_secret`: signs tokens"),
        ("Overview", "- **api**: listens on port 8000"),
        ("Networking Model", "- **Internal Communication**: none yet"),
        ("Deployment", "- **rollout-history**: kept for a week"),
        ("Relationships", "- `api`: ClusterIP, port 8000"),
    ],
)
def test_a_line_that_explains_names_nothing(heading: str, bullet: str) -> None:
    assert [fact for fact in stated(read(f"## {heading}", bullet)) if fact[3] == "name"] == []


def test_what_a_heading_says_behind_the_name_is_stated() -> None:
    assert stated(read("## api (ClusterIP, port 80)", "## Service: web (NodePort)", "- Port: 3000")) == [
        (2, "Service", "web", "name", "web"),
        (2, "Service", "web", "type", "NodePort"),
        (3, "Service", "web", "port", "3000"),
    ]
