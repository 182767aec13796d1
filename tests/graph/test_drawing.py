"""``todo-lint graph``: the three formats, what dangles, and what must not be shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from tests.graph.conftest import SHOP

from todo_lint import cli

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas/graph.json").read_text())
NAME = '{{ include "shop.fullname" . }}'


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SHOP, tmp_path / "shop")
    return tmp_path / "shop"


def _change(shop: Path, file: str, old: str, new: str) -> None:
    path = shop / "templates" / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert cli.run(["graph", "shop", "--format", "json", *arguments]) == 0
    drawing: dict[str, Any] = json.loads(capsys.readouterr().out)
    jsonschema_rs.validator_for(SCHEMA).validate(drawing)
    return drawing


def _edges(drawing: dict[str, Any]) -> set[tuple[str, str, str, str | None]]:
    names = {node["id"]: f"{node['kind']}/{node['name']}" for node in drawing["nodes"]}
    return {(names[e["from"]], e["use"], names[e["to"]], e["dangling"]) for e in drawing["edges"]}


def test_a_right_chart_has_every_edge_and_none_dangles(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edges = _edges(_json(capsys))

    assert {edge for edge in edges if edge[3] is not None} == set()
    assert {
        ("Deployment/shop-api", "env", "ConfigMap/shop-config", None),
        ("Deployment/shop-api", "env", "Secret/shop-login", None),
        ("Deployment/shop-api", "claim", "PersistentVolumeClaim/shop-data", None),
        ("Deployment/shop-web", "serviceAccount", "ServiceAccount/shop", None),
        ("Deployment/shop-web", "address", "Service/shop-api", None),
        ("ConfigMap/shop-config", "address", "Service/shop-api", None),
        ("Secret/shop-login", "address", "Service/shop-api", None),
        ("Service/shop-api", "selects", "Deployment/shop-api", None),
        ("Ingress/shop", "backend", "Service/shop-web", None),
        ("NetworkPolicy/shop-web", "selects", "Deployment/shop-web", None),
        ("RoleBinding/shop", "roleRef", "Role/shop", None),
    } <= edges


def test_keys_and_ports_are_named(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = _json(capsys)

    nodes = {f"{node['kind']}/{node['name']}": node for node in drawing["nodes"]}
    assert nodes["ConfigMap/shop-config"]["keys"] == ["api_url", "log_level"]
    assert nodes["Service/shop-api"]["ports"] == ["80 → http"]
    read = [e["names"] for e in drawing["edges"] if e["to"] == nodes["Secret/shop-login"]["id"]]
    assert read == [["database", "password"]]


def test_what_dangles_is_marked(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(shop, "web.yaml", f"http://{NAME}-api/v1", f"http://{NAME}-backend/v1")
    _change(shop, "api.yaml", "key: log_level", "key: level")

    drawing = _json(capsys)

    assert {edge for edge in _edges(drawing) if edge[3] is not None} == {
        ("Deployment/shop-web", "address", "Service/shop-backend", "not rendered"),
        ("Deployment/shop-api", "env", "ConfigMap/shop-config", "no key level"),
    }
    (missing,) = [node for node in drawing["nodes"] if node["standing"] == "missing"]
    assert missing["name"] == "shop-backend"


def test_dangling_edges_show_in_mermaid_and_dot(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(shop, "web.yaml", f"http://{NAME}-api/v1", f"http://{NAME}-backend/v1")

    assert cli.run(["graph", "shop"]) == 0
    mermaid = capsys.readouterr().out
    assert cli.run(["graph", "shop", "--format", "dot"]) == 0
    dot = capsys.readouterr().out

    assert mermaid.startswith("flowchart LR\n")
    assert '-.->|"address: shop-backend (DANGLING: not rendered)"|' in mermaid
    assert '"Service<br/>shop-backend<br/>not rendered"' in mermaid
    assert dot.startswith('digraph "shop: profile default, release shop" {\n')
    assert 'label="address: shop-backend (DANGLING: not rendered)", style=dashed, color=red' in dot
    assert dot.endswith("}\n")


LABELS = '      {{- include "shop.labels" . | nindent 6 }}\n      app.kubernetes.io/component: '
ASKED = "Pods/app.kubernetes.io/name=shop,app.kubernetes.io/instance=shop,app.kubernetes.io/component"
DANGLING = [
    pytest.param(
        "web.yaml",
        "    app.kubernetes.io/component: web\n  ports:",
        "    app.kubernetes.io/component: front\n  ports:",
        ("Service/shop-web", "selects", f"{ASKED}=front"),
        "no such pods",
        id="a Service that selects nothing",
    ),
    pytest.param(
        "api.yaml",
        "targetPort: http",
        "targetPort: 9999",
        ("Service/shop-api", "selects", "Deployment/shop-api"),
        "no container has port 9999",
        id="a target port that no container has",
    ),
    pytest.param(
        "web.yaml",
        f"http://{NAME}-api/v1",
        f"http://{NAME}-api:8000/v1",
        ("Deployment/shop-web", "address", "Service/shop-api"),
        "no port 8000",
        id="a URL with a port that its Service lacks",
    ),
    pytest.param(
        "web.yaml",
        "number: 80",
        "number: 3000",
        ("Ingress/shop", "backend", "Service/shop-web"),
        "no port 3000",
        id="a backend with a port that its Service lacks",
    ),
    pytest.param(
        "api.yaml",
        "key: password",
        "key: passwort",
        ("Deployment/shop-api", "env", "Secret/shop-login"),
        "no key passwort",
        id="a key that a Secret lacks",
    ),
    pytest.param(
        "policy.yaml",
        "component: api\n  ingress",
        "component: apy\n  ingress",
        ("NetworkPolicy/shop-api", "selects", f"{ASKED}=apy"),
        "no such pods",
        id="a NetworkPolicy that selects nothing",
    ),
    pytest.param(
        "web.yaml",
        '    kind: Deployment\n    name: {{ include "shop.fullname" . }}-web',
        '    kind: Deployment\n    name: {{ include "shop.fullname" . }}-front',
        ("HorizontalPodAutoscaler/shop-web", "scaleTarget", "Deployment/shop-front"),
        "not rendered",
        id="a target of an autoscaler that is not there",
    ),
    pytest.param(
        "web.yaml",
        f"minAvailable: 1\n  selector:\n    matchLabels:\n{LABELS}web",
        f"minAvailable: 1\n  selector:\n    matchLabels:\n{LABELS}front",
        ("PodDisruptionBudget/shop-web", "selects", f"{ASKED}=front"),
        "no such pods",
        id="a budget that selects nothing",
    ),
    pytest.param(
        "config.yaml",
        "-api:80/shop",
        "-api:5432/shop",
        ("Secret/shop-login", "address", "Service/shop-api"),
        "no such port",
        id="a port in a Secret, which is not shown",
    ),
    pytest.param(
        "web.yaml",
        f"http://{NAME}-api/v1",
        "http://shop-api/v1",
        ("Deployment/shop-web", "address", "Service/shop-api"),
        "not rendered when the release is called release-name",
        id="a URL that fits by chance",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "edge", "reason"), DANGLING)
def test_each_edge_that_dangles_says_why(
    shop: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    edge: tuple[str, str, str],
    reason: str,
) -> None:
    _change(shop, file, old, new)

    marked = {edge for edge in _edges(_json(capsys)) if edge[3] is not None}
    shown = []
    for format_ in ("mermaid", "dot"):
        assert cli.run(["graph", "shop", "--format", format_]) == 0
        shown.append(capsys.readouterr().out)

    assert marked == {(*edge, reason)}
    assert all(text.count(f"(DANGLING: {reason})") == 1 for text in shown)


def test_the_ports_that_are_right_have_an_edge_of_their_own(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(
        shop, "api.yaml", "targetPort: http", "targetPort: http\n    - {name: admin, port: 81, targetPort: admin}"
    )

    drawing = _json(capsys)

    served = [edge for edge in drawing["edges"] if edge["use"] == "selects" and "80 → http" in edge["names"]]
    assert [edge["dangling"] for edge in served] == [None]
    (wrong,) = [edge for edge in drawing["edges"] if edge["dangling"] is not None]
    assert (wrong["names"], wrong["path"]) == (["81 → admin"], "spec.ports[1].targetPort")


def test_one_of_several_addresses_in_a_text_dangles(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "templates/more.yaml").write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\ndata:\n  urls: |\n"
        f"    http://shop-api/v1\n    http://{NAME}-web/v1\n"
    )

    marked = {edge for edge in _edges(_json(capsys)) if edge[3] is not None}

    lack = "not rendered when the release is called release-name"
    assert marked == {("ConfigMap/more", "address", "Service/shop-api", lack)}


def test_nothing_of_a_secret_is_shown(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(shop, "config.yaml", f"@{NAME}-api:80/shop", f"@{NAME}-database:5432/shop")

    for format_ in ("json", "mermaid", "dot"):
        assert cli.run(["graph", "shop", "--format", format_]) == 0
        out = capsys.readouterr().out
        assert "never-to-be-seen" not in out
        assert "shop-database" not in out


def test_what_is_outside_is_no_dangling_edge(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _change(shop, "web.yaml", f"http://{NAME}-api/v1", "http://payments/v1")
    (shop / ".todo-lint.yaml").write_text("outside: [Service/payments]\n")

    drawing = _json(capsys)

    assert ("Deployment/shop-web", "address", "Service/payments", None) in _edges(drawing)
    assert [node["standing"] for node in drawing["nodes"] if node["name"] == "payments"] == ["outside"]


def test_manifests_are_drawn_as_well(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("web.yaml").write_text("apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n")

    assert cli.run(["graph", "web.yaml"]) == 0
    assert '(["Service<br/>web<br/>80"])' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "nowhere: there is no such file or folder"),
        (["shop", "--profile", "x"], "shop: there is no profile x; there are default"),
        (["shop", "--set-json", "apiPort=[", "--profile", "given values"], "--set"),
        (["."], "2 inputs"),
    ],
)
def test_wrong_input_is_one_line(
    shop: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    shutil.copytree(shop, shop.parent / "second")

    assert cli.run(["graph", *arguments]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert told in captured.err
    assert len(captured.err.splitlines()) == 1


def test_a_chart_that_does_not_render_is_told(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "templates/bad.yaml").write_text('{{ fail "no" }}')

    assert cli.run(["graph", "shop"]) == 2
    assert "the chart does not render: profile default: " in capsys.readouterr().err


def test_names_cannot_break_out_of_the_drawing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = 'x"] --> evil<script>|\\u001b[31m'
    Path("bad.yaml").write_text(f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {json.dumps(name)}}}\n")

    for format_ in ("mermaid", "dot"):
        assert cli.run(["graph", "bad.yaml", "--format", format_]) == 0
        out = capsys.readouterr().out
        assert "\x1b" not in out
        assert 'x"]' not in out.replace('\\"', "")
        assert "<script>" not in out or format_ == "dot"
