"""Each check of a statement: what holds, what nearly fails and still holds, and what is found instead."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from todo_lint.findings import Layer, Route, Verdict
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.evidence import Evidence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.pairing import pair
from todo_lint.model.reader import read_markdown

Values = Mapping[str, Json]


def _outcomes(
    document: str,
    manifests: str,
    chart: Values | None = None,
    defaults: Values | None = None,
    namespace: str = "default",
) -> list[Outcome]:
    model = read_markdown(document, "data-model.md")
    source = Source("x.yaml", Layer.MANIFEST, manifests)
    resources = index((source, read) for read in read_stream(manifests))
    evidence = Evidence(model, resources, pair(model, resources), namespace, chart, defaults)
    return [judge(statement, evidence) for statement in model.statements]


def _last(document: str, manifests: str, namespace: str = "default") -> Outcome:
    """The outcome of the document's last line: the first of its statements that does not hold, else the last."""
    outcomes = _outcomes(document, manifests, namespace=namespace)
    line = max(outcome.statement.line for outcome in outcomes)
    last = [outcome for outcome in outcomes if outcome.statement.line == line]
    return next((outcome for outcome in last if outcome.verdict is not Verdict.HOLDS), last[-1])


def _deployment(spec: str = "", container: str = "", pod: str = "", name: str = "web") -> str:
    return (
        f"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  {spec}\n"
        "  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web, tier: front}}\n"
        f"    spec:\n      {pod}\n      containers:\n      - name: sidecar\n        image: proxy:1\n"
        f"      - name: main\n        image: shop/web:1.2\n        {container}\n"
    )


def _service(spec: str, name: str = "web") -> str:
    return f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{{spec}}}\n"


def _config(data: str, kind: str = "ConfigMap", place: str = "data") -> str:
    return f"---\napiVersion: v1\nkind: {kind}\nmetadata: {{name: app}}\n{place}: {{{data}}}\n"


DEPLOYMENT = "## Deployments\n- **web**\n  - Image: shop/web:1.2\n"
FRAGMENT = "## Deployment: web\n- Image: shop/web:1.2\n\n```yaml\n{}\n```\n"
SERVICE = "## Services\n- **web**\n"
MAIN: Route = ("spec", "template", "spec", "containers", 1)
PORT = SERVICE + "  - Port: 80\n"
PORTS = SERVICE + "  - Port: 443 (external), 8443 (target)\n"
CONFIG = "## Configuration\n- **app ConfigMap**\n"
SECRET = "## Configuration\n- **app Secret**\n"


@pytest.mark.parametrize(
    ("document", "manifests"),
    [
        ("## Deployments\n- **web**\n", _deployment()),
        (DEPLOYMENT + "  - Replicas: 1\n", _deployment()),
        (DEPLOYMENT + "  - Replicas: 2\n", _deployment("replicas: 2")),
        (DEPLOYMENT, _deployment()),
        ("## Deployments\n- **web**\n  - Image: proxy:1\n", _deployment()),
        ("## Deployments\n- **web**\n  - Image: docker.io/shop/web:1.2\n", _deployment()),
        (DEPLOYMENT + "  - Port: 80\n", _deployment(container="ports: [{containerPort: 81}, {containerPort: 80}]")),
        (DEPLOYMENT + "  - Limits: 0.5 CPU\n", _deployment(container="resources: {limits: {cpu: 500m}}")),
        (DEPLOYMENT + "  - Limits: 1Gi memory\n", _deployment(container="resources: {limits: {memory: 1024Mi}}")),
        (DEPLOYMENT + "  - Requests: 1 CPU\n", _deployment(container="resources: {requests: {cpu: 1}}")),
        (FRAGMENT.format("limits: {cpu: 1}"), _deployment(container="resources: {limits: {cpu: 1000m}}")),
        (DEPLOYMENT + "  - Environment: From ConfigMap\n",
         _deployment(container="envFrom: [{configMapRef: {name: a}}]")),
        (
            DEPLOYMENT + "  - Environment: From Secrets\n",
            _deployment(container="env: [{name: A, valueFrom: {secretKeyRef: {name: a, key: b}}}]"),
        ),
        (SERVICE, _service("ports: [{port: 80}]")),
        (SERVICE + "  - Type: ClusterIP\n", _service("ports: [{port: 80}]")),
        (SERVICE + "  - Type: NodePort\n", _service("type: NodePort")),
        (PORT, _service("ports: [{port: 81}, {port: 80}]")),
        (SERVICE + "  - Node Port: 30080\n", _service("ports: [{port: 1}, {port: 2, nodePort: 30080}]")),
        (SERVICE + "  - Target Port: 80\n", _service("ports: [{port: 80}]")),
        (PORTS, _service("ports: [{port: 80, targetPort: 8080}, {port: 443, targetPort: 8443}]")),
        (
            PORTS,
            _service("selector: {app: web}, ports: [{port: 443, targetPort: tls}]")
            + _deployment(container="ports: [{name: tls, containerPort: 8443}]"),
        ),
        (SERVICE + "  - Target Port: tls\n", _service("ports: [{port: 443, targetPort: tls}]")),
        (
            SERVICE + "  - Target Port: tls\n",
            _service("selector: {app: web}, ports: [{port: 443, targetPort: 8443}]")
            + _deployment(container="ports: [{name: tls, containerPort: 8443}]"),
        ),
        (SERVICE + "  - Selector: app=web\n", _service("selector: {app: web, tier: front}")),
        (CONFIG, _config("a: b")),
        (CONFIG + "  - level: info\n", _config("level: info")),
        (CONFIG + "  - level\n", _config("level: anything")),
        (CONFIG + '  - level: ""\n', _config('level: ""')),
        (CONFIG + "  - level: info (configurable)\n", _config("level: info")),
        (SECRET + "  - token: [encrypted]\n", _config("token: ZHVtbXk=", "Secret")),
        (SECRET + "  - token: [encrypted]\n", _config("token: dummy", "Secret", "stringData")),
        ("## Images\n- **shop/web**\n", _deployment()),
        ("## Images\n- **shop/web**\n  - Port: 80\n", _deployment(container="ports: [{containerPort: 80}]")),
        ("## Networking\n- **External Access**: by a NodePort\n", _service("type: NodePort", "other")),
        ("## Deployments\n- **web**\n## Networking\n- **DNS Resolution**: Kubernetes DNS\n", _deployment()),
        (
            "## Deployments\n- **web**\n## Networking\n- **DNS Resolution**: cluster DNS\n",
            _deployment(pod="hostNetwork: true\n      dnsPolicy: ClusterFirstWithHostNet"),
        ),
        (
            "## Deployments\n- **web**\n## Networking\n"
            "- **Internal Communication**: web -> api.shop.svc.cluster.local:80\n- **DNS Resolution**: cluster DNS\n",
            _deployment(pod='dnsConfig: {options: [{name: ndots, value: "1"}]}'),
        ),
        (
            SERVICE + "## Networking\n- **Load Balancing**: by Services\n",
            _service("ports: [{port: 80}]") + _service("clusterIP: None", "undocumented"),
        ),
        (
            SECRET + "  - token: [x]\n## Security\n- **Secrets Management**: native secrets\n",
            _config("token: ZHVtbXk=", "Secret")
            + _deployment(container="env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: app, key: token}}}]"),
        ),
    ],
)  # fmt: skip
def test_it_holds(document: str, manifests: str) -> None:
    outcome = _last(document, manifests)

    assert (outcome.verdict, outcome.message) == (Verdict.HOLDS, "")


@pytest.mark.parametrize(
    ("document", "manifests", "message", "route"),
    [
        (DEPLOYMENT + "  - Replicas: 2\n", _deployment(),
         "Deployment/web has 1 replica by default; the document says 2", ("spec",)),
        (DEPLOYMENT + "  - Replicas: 1\n", _deployment("replicas: 3"),
         "Deployment/web has 3 replicas; the document says 1", ("spec", "replicas")),
        (DEPLOYMENT + "  - Replicas: 1\n", _deployment("replicas: 0"),
         "Deployment/web has 0 replicas; the document says 1", ("spec", "replicas")),
        ("## Deployments\n- **web**\n  - Image: shop/web:1.3\n", _deployment(),
         "Deployment/web runs the image shop/web:1.2; the document says shop/web:1.3", (*MAIN, "image")),
        (DEPLOYMENT + "  - Port: 80\n", _deployment(container="ports: [{containerPort: 81}, {containerPort: 82}]"),
         "container main of Deployment/web listens on port 81, 82; the document says 80",
         (*MAIN, "ports", 0, "containerPort")),
        (DEPLOYMENT + "  - Limits: 1Gi memory\n", _deployment(container="resources: {limits: {memory: 1G}}"),
         "Deployment/web sets the memory limit to 1G; the document says 1Gi",
         (*MAIN, "resources", "limits", "memory")),
        (DEPLOYMENT + "  - Requests: 0.2 CPU\n", _deployment(container="resources: {requests: {cpu: 250m}}"),
         "Deployment/web sets the cpu request to 250m; the document says 0.2",
         (*MAIN, "resources", "requests", "cpu")),
        (SERVICE + "  - Type: NodePort\n", _service("ports: [{port: 80}]"),
         "Service/web has the type ClusterIP; the document says NodePort", ("spec",)),
        (PORT, _service("ports: [{port: 81}, {port: 82}]"),
         "Service/web listens on port 81, 82; the document says 80", ("spec", "ports", 0, "port")),
        (SERVICE + "  - Node Port: 30080\n", _service("ports: [{port: 1}, {port: 2, nodePort: 30081}]"),
         "Service/web has the node port 30081; the document says 30080", ("spec", "ports", 1, "nodePort")),
        (PORTS, _service("ports: [{port: 80, targetPort: 8443}, {port: 443, targetPort: 9443}]"),
         "Service/web sends traffic to port 9443; the document says 8443", ("spec", "ports", 1, "targetPort")),
        (PORTS, _service("ports: [{port: 443}]"),
         "Service/web sends traffic to port 443; the document says 8443", ("spec", "ports", 0)),
        (PORTS, _service("selector: {app: api}, ports: [{port: 443, targetPort: tls}]")
         + _deployment(container="ports: [{name: tls, containerPort: 8443}]"),
         "Service/web sends traffic to port tls; the document says 8443", ("spec", "ports", 0, "targetPort")),
        (SERVICE + "  - Target Port: tls\n", _service("selector: {app: web}, ports: [{port: 443, targetPort: 9443}]")
         + _deployment(container="ports: [{name: tls, containerPort: 8443}]"),
         "Service/web sends traffic to port 9443; the document says tls", ("spec", "ports", 0, "targetPort")),
        (SERVICE + "  - Selector: app=web\n", _service("selector: {tier: front, app: api}"),
         "Service/web selects app=api,tier=front; the document says app=web", ("spec", "selector", "app")),
        (SERVICE + "  - Selector: app=web\n", _service("ports: [{port: 80}]"),
         "Service/web selects nothing; the document says app=web", ("spec",)),
        (CONFIG + "  - level: info\n", _config("level: Info"),
         "level of ConfigMap/app is 'Info'; the document says 'info'", ("data", "level")),
        (CONFIG + '  - level: ""\n', _config("level: info"),
         'level of ConfigMap/app is \'info\'; the document says ""', ("data", "level")),
        (PORT + "## Images\n- **shop/web**\n  - Port: 80\n",
         _service("ports: [{port: 80}]") + _deployment(container="ports: [{containerPort: 81}]"),
         "container main of Deployment/web listens on port 81; the document says 80",
         (*MAIN, "ports", 0, "containerPort")),
        (DEPLOYMENT + "## Images\n- **shop/web**\n", _deployment().replace("shop/web:", "shop/api:"),
         "Deployment/web runs the image proxy:1; the document says shop/web",
         ("spec", "template", "spec", "containers", 0, "image")),
        (SERVICE + "  - Type: NodePort\n## Networking\n- **External Access**: NodePort\n",
         _service("type: LoadBalancer"),
         "no Service has the type NodePort: Service/web has the type LoadBalancer", ("spec", "type")),
        ("## Deployments\n- **web**\n## Networking\n- **DNS Resolution**: Kubernetes DNS\n",
         _deployment(pod="dnsPolicy: Default"),
         "Deployment/web has the dnsPolicy Default, which passes the cluster's DNS by",
         ("spec", "template", "spec", "dnsPolicy")),
        ("## Deployments\n- **web**\n## Networking\n- **DNS Resolution**: Kubernetes DNS\n",
         _deployment(pod='dnsConfig: {options: [{name: timeout, value: "0"}, {name: ndots, value: "0"}]}'),
         "Deployment/web sets ndots to 0: names of Services with 0 dots may not be found",
         ("spec", "template", "spec", "dnsConfig", "options", 1, "value")),
        ("## Deployments\n- **web**\n  - Env: A=http://a.shop.svc:80\n"
         "## Networking\n- **DNS Resolution**: cluster DNS\n",
         _deployment(pod='dnsConfig: {options: [{name: ndots, value: "2"}]}',
                     container="env: [{name: A, value: 'http://a.shop.svc:80'}]"),
         "Deployment/web sets ndots to 2: names of Services with 2 dots may not be found",
         ("spec", "template", "spec", "dnsConfig", "options", 0, "value")),
        ("## Deployments\n- **web**\n## Networking\n- **DNS Resolution**: Kubernetes DNS\n",
         _deployment(pod="hostNetwork: true"),
         "Deployment/web has the dnsPolicy ClusterFirst, which passes the cluster's DNS by",
         ("spec", "template", "spec")),
        (SERVICE + "## Networking\n- **Load Balancing**: by Services\n", _service("clusterIP: None"),
         "Service/web is headless, so Kubernetes does not balance its load", ("spec", "clusterIP")),
        (SECRET + "  - db-url: [x]\n## Security\n- **Secrets Management**: native secrets\n",
         _config("DB_URL: canary"),
         "ConfigMap/app holds DB_URL in the clear; the document keeps it in a Secret", ("data", "DB_URL")),
        (SECRET + "  - token: [x]\n## Security\n- **Secrets Management**: native secrets\n",
         _deployment(container="env: [{name: A, value: b}, {name: TOKEN, value: canary}]"),
         "Deployment/web holds TOKEN in the clear; the document keeps it in a Secret", (*MAIN, "env", 1, "name")),
    ],
)  # fmt: skip
def test_it_is_violated(document: str, manifests: str, message: str, route: Route) -> None:
    outcome = _last(document, manifests)

    assert (outcome.verdict, outcome.message) == (Verdict.VIOLATED, message)
    assert outcome.target is not None
    assert outcome.target.route == route
    assert outcome.target.resource is not None
    assert "canary" not in repr((outcome.message, outcome.actual))


@pytest.mark.parametrize(
    ("document", "manifests", "message", "route"),
    [
        (DEPLOYMENT + "  - Port: 80\n", _deployment(),
         "container main of Deployment/web declares no port; the document says 80", MAIN),
        (DEPLOYMENT + "  - Limits: 1 CPU\n", _deployment(container="resources: {limits: {memory: 1Gi}}"),
         "Deployment/web sets no cpu limit; the document says 1", (*MAIN, "resources", "limits")),
        (DEPLOYMENT + "  - Environment: From ConfigMap and Secrets\n",
         _deployment(container="envFrom: [{configMapRef: {name: a}}]"),
         "Deployment/web takes no environment from a Secret; the document says it does", (*MAIN, "envFrom")),
        (SERVICE + "  - Node Port: 30080\n", _service("ports: [{port: 80}]"),
         "Service/web sets no nodePort; the document says 30080", ("spec", "ports", 0)),
        (CONFIG + "  - level: info\n", _config("levels: info"),
         "ConfigMap/app lacks the key level; it has levels, which the document does not state", ("data",)),
        (SECRET + "  - token: [x]\n", _config("tokens: canary", "Secret"),
         "Secret/app lacks the key token; it has tokens, which the document does not state", ("data",)),
    ],
)  # fmt: skip
def test_a_part_is_missing(document: str, manifests: str, message: str, route: Route) -> None:
    outcome = _last(document, manifests)

    assert (outcome.verdict, outcome.message, outcome.entity) == (Verdict.MISSING, message, "")
    assert outcome.target is not None
    assert outcome.target.route == route


@pytest.mark.parametrize(
    ("document", "entity"),
    [
        (DEPLOYMENT + "  - Replicas: 1\n", "Deployment web"),
        (DEPLOYMENT, "Deployment web"),
        (DEPLOYMENT + "  - Port: 80\n", "Deployment web"),
        (DEPLOYMENT + "  - Limits: 1 CPU\n", "Deployment web"),
        (DEPLOYMENT + "  - Environment: From Secrets\n", "Deployment web"),
        (SERVICE, "Service web"),
        (SERVICE + "  - Type: NodePort\n", "Service web"),
        (PORT, "Service web"),
        (SERVICE + "  - Target Port: 80\n", "Service web"),
        (SERVICE + "  - Node Port: 30080\n", "Service web"),
        (SERVICE + "  - Selector: app=web\n", "Service web"),
        ("## Networking\n- **Internal Communication**: web.shop.svc.cluster.local:80\n", "Service web"),
        (CONFIG + "  - level: info\n", "ConfigMap app"),
        (SECRET + "  - token: [x]\n", "Secret app"),
    ],
)  # fmt: skip
def test_what_is_said_of_a_missing_entity_is_missing_with_it(document: str, entity: str) -> None:
    outcome = _last(document, "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n")

    assert outcome.verdict is Verdict.MISSING
    assert outcome.message == f"the chart renders no {entity}"
    assert outcome.entity == entity


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("## Images\n- **shop/api**\n", "no container runs the image shop/api"),
        ("## Images\n- **shop/api**\n  - Port: 80\n", "no container runs the image shop/api"),
        ("## Networking\n- **External Access**: LoadBalancer\n", "the chart renders no Service of type LoadBalancer"),
    ],
)
def test_nothing_plays_the_part(document: str, message: str) -> None:
    outcome = _last(document, _deployment())

    assert (outcome.verdict, outcome.message, outcome.target) == (Verdict.MISSING, message, None)


@pytest.mark.parametrize(
    ("document", "verdict", "message"),
    [
        ("## Web Image\n- Port: 80\n", Verdict.HOLDS, ""),
        ("## Web Image\n- Port: 81\n", Verdict.VIOLATED, "container main of Deployment/web listens on port 80"),
        ("## Database Image\n- Port: 80\n", Verdict.MISSING, "no container runs the image database"),
        (
            "## Container Image\n- Port: 80\n",
            Verdict.NOT_CHECKABLE,
            "the document does not say which image this is about",
        ),
    ],
    ids=["by a word", "another port", "no such word", "no name among several"],
)
def test_an_image_that_only_a_heading_names(document: str, verdict: Verdict, message: str) -> None:
    outcome = _last(document, _deployment(container="ports: [{containerPort: 80}]"))

    assert outcome.verdict is verdict
    assert outcome.message.startswith(message)


@pytest.mark.parametrize(("port", "verdict"), [(80, Verdict.HOLDS), (81, Verdict.VIOLATED)])
def test_the_only_image_needs_no_name(port: int, verdict: Verdict) -> None:
    manifest = _deployment(container="ports: [{containerPort: 80}]").replace("proxy:1", "shop/web:1.2")

    assert _last(f"## Container Image\n- Port: {port}\n", manifest).verdict is verdict


@pytest.mark.parametrize(("namespace", "verdict"), [("shop", Verdict.HOLDS), ("default", Verdict.VIOLATED)])
def test_the_release_s_namespace_counts_where_none_is_written(namespace: str, verdict: Verdict) -> None:
    document = SERVICE + "## Networking\n- **Internal Communication**: web.shop.svc:80\n"

    assert _last(document, _service("ports: [{port: 80}]"), namespace).verdict is verdict


def test_a_written_namespace_wins_over_the_release_s() -> None:
    document = SERVICE + "## Networking\n- **Internal Communication**: web.shop.svc:80\n"
    manifest = _service("ports: [{port: 80}]").replace("{name: web}", "{name: web, namespace: other}")

    outcome = _last(document, manifest, "shop")

    assert outcome.message == "Service/web is in the namespace other; the document says shop"
    assert outcome.target is not None
    assert outcome.target.route == ("metadata", "namespace")


@pytest.mark.parametrize(
    ("document", "manifests", "message", "route"),
    [
        (PORT.removesuffix("  - Port: 80\n"), _service("ports: [{port: 80}]", "shop-web"),
         "Service web is rendered under the name shop-web", ("metadata", "name")),
        (CONFIG + "  - db_url: x\n", _config("db-url: x"), "ConfigMap/app spells the key db_url as db-url",
         ("data", "db-url")),
        (SECRET + "  - token: [x]\n", _config("TOKEN: canary", "Secret", "stringData"),
         "Secret/app spells the key token as TOKEN", ("stringData", "TOKEN")),
        (SERVICE + CONFIG + "  - url: http://web:80/x\n",
         _service("ports: [{port: 80}]", "shop-web") + _config("url: http://shop-web:80/x"),
         "url of ConfigMap/app names the Service by its rendered name shop-web", ("data", "url")),
    ],
)  # fmt: skip
def test_it_is_renamed(document: str, manifests: str, message: str, route: Route) -> None:
    outcome = _last(document, manifests)

    assert (outcome.verdict, outcome.message) == (Verdict.RENAMED, message)
    assert outcome.target is not None
    assert outcome.target.route == route


@pytest.mark.parametrize(
    ("url", "service", "message"),
    [
        ("http://web:80", _service("ports: [{port: 80}]"), ""),
        ("http://web.default.svc.cluster.local/x", _service("ports: [{port: 80}]"), ""),
        ("http://webs:81", _service("ports: [{port: 80}]"), ""),
        ("http://web:81", _service("ports: [{port: 80}]"),
         "url of ConfigMap/app names port 81; Service/web listens on 80"),
        ("http://me@web:81/", _service("ports: [{port: 80}, {port: 82}]"),
         "url of ConfigMap/app names port 81; Service/web listens on 80, 82"),
        ("http://web:80", _service("ports: [{port: 80}]", "shop-web"),
         "url of ConfigMap/app names Service web, which is rendered under the name shop-web"),
        ("http://web:80", "", "url of ConfigMap/app names Service web, which is not rendered"),
    ],
)  # fmt: skip
def test_a_stated_url_leads_to_its_service(url: str, service: str, message: str) -> None:
    outcome = _last(f"{SERVICE}{CONFIG}  - url: {url}\n", service + _config(f"url: '{url}'"))

    assert outcome.message == message
    assert (outcome.verdict is Verdict.HOLDS) is not bool(message)


def test_a_container_is_found_whatever_its_name_is_spelled_with() -> None:
    route = "spec.template.spec.containers[{}].image"
    document = f"## Deployment: web\n\n| Field path | Default |\n|---|---|\n| `{route}` | `{{}}` |\n"

    assert _last(document.format("side_car", "proxy:1"), _deployment()).verdict is Verdict.HOLDS
    assert _last(document.format("side_car", "proxy:2"), _deployment()).verdict is Verdict.VIOLATED


CHART: Values = {"name": "shop", "version": "1.2.0"}
CHART_DOCUMENT = "## Helm Chart\n- **Chart.yaml**\n  - Name: {0}\n  - Version: {1}\n  - AppVersion: {2}\n"


def test_the_chart_s_metadata() -> None:
    name, version, app = _outcomes(CHART_DOCUMENT.format("shop", "1.2", "2 (now)"), "", CHART)

    assert name.verdict is Verdict.HOLDS
    assert (version.verdict, version.message) == (
        Verdict.VIOLATED, "Chart.yaml has the version 1.2.0; the document says 1.2",
    )  # fmt: skip
    assert version.target is not None
    assert (version.target.chart_file, version.target.route) == ("Chart.yaml", ("version",))
    assert (app.verdict, app.message) == (Verdict.MISSING, "Chart.yaml has no appVersion; the document says 2")


def test_without_a_chart_its_files_are_not_checkable() -> None:
    document = CHART_DOCUMENT.format("a", "1", "2") + "- **values.yaml**\n  - a.b: c\n"

    assert {outcome.verdict for outcome in _outcomes(document, "")} == {Verdict.NOT_CHECKABLE}


DEFAULTS: Values = {
    "image": {"tag": "1.10", "number": 1.5},
    "limits": {"memory": "1024Mi", "cpu": "0.70"},
    "on": True,
    "list": [1, 2],
    "web": {"deep": {"a": 1}, "list": [2]},
    "database": {"url": "http://db"},
    "url": "{{ .Values.database.url }}",
    "user": '{{ printf "%s_user" .Release.Name }}',
    "tag": "{{ .Chart.AppVersion }}",
}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("image.tag: 1.10", ""),
        ("image.tag: `1.10`", ""),
        ("image.tag", ""),
        ("image.tag: 1.10 (configurable)", ""),
        ("image.tag: 1.1", "values.yaml sets image.tag to 1.10; the document says 1.1"),
        ("image.number: 1.50", ""),
        ("limits.memory: 1Gi", ""),
        ("limits.memory: 1G", "values.yaml sets limits.memory to 1024Mi; the document says 1G"),
        ('limits.cpu: "0.7"', ""),
        ("limits.cpu: 700m", ""),
        ("on: true", ""),
        ("on: 1", "values.yaml sets on to true; the document says 1"),
        ("list: 1", "values.yaml sets list to [1, 2]; the document says 1"),
        ("image.name: x", "values.yaml has no image.name; the document says x"),
        ("image.name", "values.yaml has no image.name; the document names it"),
        ("limits: {memory: 1Gi}", ""),
        (
            "limits: {memory: 1Gi, cpu: 1}",
            'values.yaml sets limits to {"cpu": "0.70", "memory": "1024Mi"}; the document says {memory: 1Gi, cpu: 1}',
        ),
        ("web: `deep: {a: 1}, list: [2]`", ""),
        (
            "web: {deep: {a: 2}}",
            'values.yaml sets web to {"deep": {"a": 1}, "list": [2]}; the document says {deep: {a: 2}}',
        ),
        ("url: http://db", ""),
        ("url: http://dbs", "values.yaml sets url to {{ .Values.database.url }}; the document says http://dbs"),
        ("tag: {{ .Chart.Version }}", ""),
        ("user: {{ .Release.Name }}_user", ""),
    ],
)
def test_defaults_in_values_yaml(line: str, message: str) -> None:
    (outcome,) = _outcomes(f"## Helm Chart\n- **values.yaml**\n  - {line}\n", "", CHART, DEFAULTS)

    assert outcome.message == message
    assert (outcome.verdict is Verdict.HOLDS) is not bool(message)


def test_a_missing_default_is_placed_at_its_nearest_parent() -> None:
    (outcome,) = _outcomes("## Helm Chart\n- **values.yaml**\n  - image.a.b: x\n", "", CHART, DEFAULTS)

    assert outcome.verdict is Verdict.MISSING
    assert outcome.target is not None
    assert (outcome.target.route, outcome.target.on_key) == (("image",), True)


@pytest.mark.parametrize(
    ("document", "verdict"),
    [
        ("## Services (Future)\n- **web**\n", Verdict.LATER),
        ("## Services\n- **web**\n  - Colour: red\n", Verdict.NOT_UNDERSTOOD),
        ("## Images\n- **web**\n  - Base: Alpine\n", Verdict.NOT_CHECKABLE),
    ],
)
def test_what_cannot_be_held_against_a_rendering(document: str, verdict: Verdict) -> None:
    outcome = _last(document, "")

    assert (outcome.verdict, outcome.diverges) == (verdict, False)


RUNS = 'command: ["npm", "run"], args: ["x"], livenessProbe: {exec: {command: [pg_isready, -U, shop]}}'


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Command: `npm run x`", Verdict.HOLDS),
        ("Command: `npm run`", Verdict.HOLDS),
        ('Args: ["x"]', Verdict.HOLDS),
        ("Command: `npm run y`", Verdict.VIOLATED),
        ("Liveness Probe: exec `pg_isready -U shop`", Verdict.HOLDS),
        ('Liveness Command: ["pg_isready", "-U", "shop"]', Verdict.HOLDS),
        ("Liveness Command: `pg_isready`", Verdict.VIOLATED),
    ],
)
def test_a_command_is_compared_word_by_word(line: str, verdict: Verdict) -> None:
    manifest = _deployment(
        container=RUNS.replace(", args", "\n        args").replace(", liveness", "\n        liveness")
    )
    document = f"### Deployment: `web`\n- Image: shop/web:1.2\n- {line}\n"
    assert _last(document, manifest).verdict is verdict


@pytest.mark.parametrize(
    ("line", "verdict", "message"),
    [
        ("Command: `npm start`", Verdict.NOT_CHECKABLE, "Deployment/web sets no command, so its"),
        (
            'Command: ["npm", "start"]',
            Verdict.MISSING,
            "Deployment/web sets no command; the document",
        ),
    ],
)
def test_without_a_command_an_image_runs_its_own(line: str, verdict: Verdict, message: str) -> None:
    document = f"### Deployment: `web`\n- Image: shop/web:1.2\n- {line}\n"
    outcome = _last(document, _deployment())
    assert outcome.verdict is verdict
    assert outcome.message.startswith(message), outcome.message


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        ("Termination Grace Period: 30s", Verdict.HOLDS),
        ("Termination Grace Period: 60s", Verdict.VIOLATED),
        ("revisionHistoryLimit: 10", Verdict.HOLDS),
        ("revisionHistoryLimit: 3", Verdict.VIOLATED),
        ("hostNetwork: false", Verdict.HOLDS),
        ("hostNetwork: true", Verdict.VIOLATED),
        ("priorityClassName: high", Verdict.MISSING),
    ],
)
def test_a_field_that_is_left_out_has_what_kubernetes_fills_in(line: str, verdict: Verdict) -> None:
    assert _last(f"### Deployment: `web`\n- {line}\n", _deployment()).verdict is verdict


@pytest.mark.parametrize(
    ("pod", "account", "mounted"),
    [
        ("", "", True),
        ("serviceAccountName: shop", "", True),
        ("serviceAccountName: shop", "automountServiceAccountToken: false", False),
        ("serviceAccountName: other", "automountServiceAccountToken: false", True),
        (
            "{serviceAccountName: shop, automountServiceAccountToken: true}",
            "automountServiceAccountToken: false",
            True,
        ),
        ("{automountServiceAccountToken: false}", "", False),
    ],
)
def test_a_token_is_mounted_unless_the_pod_or_its_account_says_otherwise(
    pod: str, account: str, mounted: bool
) -> None:
    fields = pod.strip("{}").replace(", ", "\n      ")
    manifests = _deployment(pod=fields) + (
        f"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: shop}}\n{account}\n"
    )
    for stated, line in (
        (True, "Service account token mounted: yes"),
        (False, "automountServiceAccountToken: false"),
    ):
        verdict = _last(f"### Deployment: `web`\n- {line}\n", manifests).verdict
        assert verdict is (Verdict.HOLDS if stated is mounted else Verdict.VIOLATED)


@pytest.mark.parametrize(("policy", "verdict"), [("Default", Verdict.VIOLATED), ("ClusterFirst", Verdict.HOLDS)])
def test_a_documented_pod_resolves_names_through_the_cluster(policy: str, verdict: Verdict) -> None:
    pod = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{dnsPolicy: {policy}, containers: []}}\n"
    document = "### Pod: `web`\n## Networking\n- **DNS Resolution**: cluster DNS\n"
    assert _last(document, pod).verdict is verdict
