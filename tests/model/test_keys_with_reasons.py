"""Keys with their values in code marks and words why, tables of keys of values, ports of Services of workloads."""

from __future__ import annotations

import pytest
from tests.model.reading import outcomes, prose, read, stated, told

from todo_lint.findings import Verdict


@pytest.mark.parametrize(
    ("heading", "line", "fact"),
    [
        ("### Service: web", "- `port: 3000`: Standard HTTP port", ("port", "3000")),
        ("### Service: web", "- `type: ClusterIP` \u2014 inside the cluster", ("type", "ClusterIP")),
        ("### ConfigMap: web", "- `NODE_ENV: production`: Next.js production mode", ("data.NODE_ENV", "production")),
        ("### Deployment: web", "- `replicas: 2`: Minimum for high availability", ("replicas", "2")),
    ],
)
def test_words_why_leave_the_value(heading: str, line: str, fact: tuple[str, str]) -> None:
    model = read(heading, "", "**Key fields**:", line)

    assert stated(model)[-1][3:] == fact
    assert told(model) == []


@pytest.mark.parametrize(
    "line",
    [
        "- `replicas: 2`: only in production",
        "- `replicas: 2`: when load is high",
        "- `replicas: 2`: for example",
        "- `maxSurge: 1, maxUnavailable: 0`: no downtime",
    ],
)
def test_what_holds_at_times_is_no_value(line: str) -> None:
    assert [fact[3] for fact in stated(read("### Deployment: web", "", line))] == ["name"]


def test_keys_of_the_values_in_a_table_are_there() -> None:
    rows = (
        "| Helm Value Path | K8s Resource | Field |",
        "|---|---|---|",
        "| web.replicas | Deployment | spec.replicas |",
    )
    model = read("## Mapping", "", *rows, "| `web.tag` | Deployment | image tag |")

    assert stated(model) == [
        (5, "Values", "values.yaml", "web.replicas", ""),
        (6, "Values", "values.yaml", "web.tag", ""),
    ]
    assert outcomes(model, "", {"web": {"replicas": 1}}) == [(5, Verdict.HOLDS), (6, Verdict.MISSING)]
    assert stated(read("## Mapping", "", rows[0].replace("Helm Value Path", "File Path"), *rows[1:])) == []


def test_the_port_of_the_service_of_a_workload() -> None:
    rows = (
        "| Workload | Kind | Service port |",
        "|---|---|---|",
        "| Redis | Deployment | 6379 |",
        "| Db | StatefulSet | 5432 (tcp) |",
    )
    model = read("## Architecture", "", *rows, "| Mailer | Deployment | \u2014 |")

    assert [fact for fact in stated(model) if fact[1] == "Service"] == [
        (5, "Service", "redis", "port", "6379"),
        (6, "Service", "db", "port", "5432"),
    ]
    assert told(model) == []


def test_many_is_an_open_end() -> None:
    model = read("### Deployment: web", "- Replicas: 1\u2013N")

    assert [s.bounds for s in model.statements if s.attribute == "replicas"] == [("1", "")]


def test_the_container_of_a_part_is_its_workloads() -> None:
    model = read(
        *("### Backend Container Configuration", "- **Image Name**: shop-api", "- **Ports**: 8000 (inside)"),
        *("- **Volumes**: None required for the first release", "### Shipping Container", "- **Ports**: 9000"),
    )

    assert stated(model) == [
        (2, "Deployment", "backend", "image", "shop-api"),
        (3, "Deployment", "backend", "containerPort", "8000"),
    ]
    assert 4 in prose(model)
    assert [line for line, _ in told(model)] == [6]


def test_a_hint_for_a_sentence_without_a_name_has_one() -> None:
    (_, hint) = told(read("## Kubernetes Deployment", "- Deployments with 2 replicas for all parts"))[0]

    assert "``" not in hint
    assert "`web`" in hint
