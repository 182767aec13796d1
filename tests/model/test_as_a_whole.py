"""What a document says of networking and security as a whole, also where it names no workload, Service or key."""

from __future__ import annotations

import pytest

from todo_lint.findings import Layer, Route, Verdict
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.pairing import pair
from todo_lint.model.reader import read_markdown

DNS = "## Networking\n- **DNS Resolution**: Kubernetes internal DNS\n"
BALANCED = "## Networking\n- **Load Balancing**: Kubernetes service load balancing\n"
SECURITY = "## Security\n- **Secrets Management**: Kubernetes native secrets for sensitive data\n"
POD: Route = ("spec", "template", "spec")


def _last(document: str, manifests: str) -> Outcome:
    model = read_markdown(document, "data-model.md")
    source = Source("x.yaml", Layer.MANIFEST, manifests)
    resources = index((source, read) for read in read_stream(manifests))
    evidence = Evidence(model, resources, pair(model, resources), "default", None, None)
    return judge(model.statements[-1], evidence)


def _workload(pod: str, kind: str = "Deployment", container: str = "") -> str:
    return (
        f"---\napiVersion: apps/v1\nkind: {kind}\nmetadata: {{name: web}}\nspec:\n"
        f"  template:\n    spec:\n      {pod}\n      containers:\n      - name: main\n        {container}\n"
    )


def _service(spec: str, name: str = "web") -> str:
    return f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n"


def _config(data: str) -> str:
    return f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: app}}\ndata: {{{data}}}\n"


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet"])
def test_every_workload_is_meant_where_none_is_named(kind: str) -> None:
    outcome = _last(DNS, _workload("dnsPolicy: Default", kind))

    assert (outcome.verdict, outcome.actual) == (Verdict.VIOLATED, "Default")
    assert outcome.target is not None
    assert outcome.target.route == (*POD, "dnsPolicy")


@pytest.mark.parametrize(
    ("document", "manifests"),
    [
        (DNS, _workload("dnsPolicy: ClusterFirst")),
        (DNS, _workload("") + _workload("hostNetwork: true", "DaemonSet")),
        (f"## Deployments\n- **api**\n{DNS}", _workload("dnsPolicy: Default") + _workload("").replace("web", "api")),
        (BALANCED, _service("clusterIP: None", "db") + _service("ports: [{port: 80}]")),
        (SECURITY, _config("log_level: info, token_lifetime: '3600', api_token: ''")),
        (SECURITY, _workload("", container="env: [{name: PGPASSWORD, value: $(DB_PASSWORD)}]")),
        (SECURITY, _workload("", container="env: [{name: DB_PASSWORD, value: /run/secrets/db}]")),
        (SECURITY, _workload("", container="env: [{name: X, valueFrom: {secretKeyRef: {name: s, key: password}}}]")),
        (SECURITY, _workload("", container="env: [{name: API_TOKEN, valueFrom: {secretKeyRef: {name: s, key: t}}}]")),
        (
            f"## ConfigMaps\n- **app**\n  - csrf_token: double-submit\n{SECURITY}",
            _config("csrf_token: double-submit"),
        ),
    ],
)
def test_what_holds_although_it_nearly_does_not(document: str, manifests: str) -> None:
    assert _last(document, manifests).verdict is Verdict.HOLDS


@pytest.mark.parametrize("document", [DNS, BALANCED])
def test_what_is_about_nothing_that_is_rendered_does_not_hold(document: str) -> None:
    assert _last(document, _config("a: b")).verdict is Verdict.NOT_CHECKABLE


def test_a_chart_whose_services_are_all_headless_balances_nothing() -> None:
    outcome = _last(BALANCED, _service("clusterIP: None", "db"))

    assert (outcome.verdict, outcome.actual) == (Verdict.VIOLATED, "None")


def test_a_named_headless_service_balances_nothing_whatever_stands_beside_it() -> None:
    beside = _service("clusterIP: None", "db") + _service("ports: [{port: 80}]")

    assert _last(f"## Services\n- **db**\n{BALANCED}", beside).verdict is Verdict.VIOLATED


@pytest.mark.parametrize(
    ("manifests", "route"),
    [
        (_config("log_level: info, db_password: hunter2"), ("data", "db_password")),
        (
            _workload("", container="env: [{name: LOG, value: a}, {name: DATABASE_PASSWORD, value: hunter2}]"),
            (*POD, "containers", 0, "env", 1, "name"),
        ),
        (
            _workload("", container="env: [{name: API_TOKEN, valueFrom: {configMapKeyRef: {name: app, key: t}}}]"),
            (*POD, "containers", 0, "env", 0, "name"),
        ),
    ],
)
def test_what_is_named_like_a_secret_belongs_into_one(manifests: str, route: Route) -> None:
    outcome = _last(SECURITY, manifests)

    assert outcome.verdict is Verdict.VIOLATED
    assert "the document keeps sensitive data in Secrets" in outcome.message
    assert "hunter2" not in f"{outcome.message}{outcome.actual}"
    assert outcome.target is not None
    assert outcome.target.route == route
