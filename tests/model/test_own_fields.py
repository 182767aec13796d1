"""Fields that a document calls by Kubernetes' own names, and the hint for one that nearly is."""

from __future__ import annotations

import pytest
from tests.model.reading import prose, read, stated, told


@pytest.mark.parametrize(
    ("kind", "line", "attribute", "value"),
    [
        ("Job", "backoffLimit: 3", "spec.backoffLimit", "3"),
        ("CronJob", "Backoff Limit: 3", "spec.jobTemplate.spec.backoffLimit", "3"),
        ("CronJob", "Concurrency policy: Forbid", "spec.concurrencyPolicy", "Forbid"),
        ("CronJob", "dnsPolicy: Default", "spec.jobTemplate.spec.template.spec.dnsPolicy", "Default"),
        (
            "CronJob",
            "Service account token mounted: no",
            "spec.jobTemplate.spec.template.spec.automountServiceAccountToken",
            "false",
        ),
        ("Deployment", "revisionHistoryLimit: 5", "spec.revisionHistoryLimit", "5"),
        (
            "Deployment",
            "automountServiceAccountToken: no",
            "spec.template.spec.automountServiceAccountToken",
            "false",
        ),
        ("StatefulSet", "Min Ready Seconds: 10s", "spec.minReadySeconds", "10"),
        ("Pod", "priorityClassName: shop-high", "spec.priorityClassName", "shop-high"),
        ("Service", "sessionAffinity: ClientIP", "spec.sessionAffinity", "ClientIP"),
        ("Service", "Session affinity: None", "spec.sessionAffinity", "None"),
        ("Pod", "dnsPolicy: `None`", "spec.dnsPolicy", "None"),
    ],
)
def test_a_field_is_read_where_its_kind_has_it(kind: str, line: str, attribute: str, value: str) -> None:
    model = read(f"### {kind}: `shop-api`", f"- {line}")
    assert (stated(model)[1:], told(model)) == ([(2, kind, "shop-api", attribute, value)], [])


def test_a_field_of_another_kind_is_not_read() -> None:
    model = read("### Deployment: `shop-api`", "- Concurrency policy: Forbid")
    assert stated(model)[1:] == []
    assert prose(model) == []
    assert [line for line, _ in told(model)] == [2]


def test_the_nearest_field_is_named() -> None:
    assert told(read("### Job: `shop-job`", "- Backof limit: 3")) == [(2, "did you mean 'backoff limit'?")]


def test_a_sentence_about_all_pods_is_about_those_of_each_kind_where_they_are() -> None:
    text = "The service account token is not mounted."
    model = read("### Deployment: `shop-api`", "", "### CronJob: `shop-job`", "", "## Security notes", "", text)
    field = "automountServiceAccountToken"
    assert [(line, name, attribute, value) for line, _, name, attribute, value in stated(model)[2:]] == [
        (7, "shop-api", f"spec.template.spec.{field}", "false"),
        (7, "shop-job", f"spec.jobTemplate.spec.template.spec.{field}", "false"),
    ]


@pytest.mark.parametrize(
    "line", ["priorityClassName: None", "dnsPolicy: none", "hostNetwork: None", "Replicas: None"]
)
def test_where_none_is_no_value_of_kubernetes_it_says_that_there_is_none(line: str) -> None:
    assert prose(read("### Deployment: `shop-api`", f"- {line}")) == [2]
