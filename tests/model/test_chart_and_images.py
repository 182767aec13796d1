"""The constraint of a chart on Kubernetes, and how images are pulled: what holds, and what is found instead."""

from __future__ import annotations

from todo_lint.findings import Layer, Verdict
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.kubernetes_yaml.reader import read_stream
from todo_lint.manifests.resources import Source, index
from todo_lint.model.conformance import judge
from todo_lint.model.dockerfiles import Dockerfile
from todo_lint.model.evidence import Evidence
from todo_lint.model.outcomes import Outcome
from todo_lint.model.pairing import pair
from todo_lint.model.reader import read_markdown
from todo_lint.records import replace

IMAGES = "## Images\n| Image | Tag | Pull policy |\n|---|---|---|\n| web | 1.2 | IfNotPresent |\n"


def _last(document: str, manifests: str = "", chart: dict[str, Json] | None = None, base: str = "") -> Outcome:
    model = read_markdown(document, "data-model.md")
    source = Source("x.yaml", Layer.MANIFEST, manifests)
    resources = index((source, read) for read in read_stream(manifests))
    evidence = Evidence(model, resources, pair(model, resources), "default", chart, None)
    if base:
        evidence = replace(evidence, dockerfiles={"web": Dockerfile("Dockerfile", base, 1)})
    return judge(model.statements[-1], evidence)


def _pod(image: str, policy: str = "") -> str:
    pull = f", imagePullPolicy: {policy}" if policy else ""
    container = f"{{name: a, image: '{image}'{pull}}}"
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{containers: [{container}]}}\n"


def test_the_kube_version_of_a_chart_is_compared_whatever_its_spaces() -> None:
    document = "## Helm Chart\n- `kubeVersion`: `>= 1.28.0-0`\n"

    assert _last(document, chart={"kubeVersion": ">=1.28.0-0"}).verdict is Verdict.HOLDS
    assert _last(document, chart={"kubeVersion": ">=1.27.0-0"}).actual == ">=1.27.0-0"
    assert _last(document, chart={}).verdict is Verdict.MISSING


def test_the_pull_policy_of_an_image_is_that_of_a_container_that_runs_it() -> None:
    assert _last(IMAGES, _pod("web:1.2")).verdict is Verdict.HOLDS
    assert _last(IMAGES, _pod("web:1.2", "IfNotPresent")).verdict is Verdict.HOLDS
    assert (_last(IMAGES, _pod("web:1.2", "Never")).verdict, _last(IMAGES, _pod("web:1.2", "Never")).actual) == (
        Verdict.VIOLATED, "Never",
    )  # fmt: skip
    assert _last(IMAGES, _pod("web:latest")).actual == "Always"


def test_a_runtime_is_held_against_the_dockerfile_where_both_name_a_language() -> None:
    document = "### Container Images\n- **web**\n  - Runtime: Python 3.11\n"

    assert _last(document, base="python:3.11-slim").verdict is Verdict.HOLDS
    assert (_last(document, base="python:3.12").verdict, _last(document, base="python:3.12").actual) == (
        Verdict.VIOLATED, "python:3.12",
    )  # fmt: skip
    assert _last(document, base="node:22").verdict is Verdict.VIOLATED


def test_a_runtime_that_is_a_framework_or_built_onto_another_base_is_not_checkable() -> None:
    document = "### Container Images\n- **web**\n  - Runtime: {}\n"

    assert _last(document.format("FastAPI"), base="python:3.12").verdict is Verdict.NOT_CHECKABLE
    assert _last(document.format("Next.js 15"), base="node:22").verdict is Verdict.NOT_CHECKABLE
    assert _last(document.format("Python 3.11"), base="ubuntu:24.04").verdict is Verdict.NOT_CHECKABLE
    assert _last(document.format("Python 3.11")).verdict is Verdict.NOT_CHECKABLE


BALANCED = "## Networking Model\n- **Load Balancing**: Built-in Kubernetes service load balancing\n"
HEADLESS = (
    "apiVersion: v1\nkind: Service\nmetadata: {name: db}\n"
    "spec: {clusterIP: None, selector: {app: db}, ports: [{port: 1}]}\n"
)


def test_a_service_that_the_document_makes_headless_is_not_one_that_balances_load() -> None:
    assert _last(f"## Services\n- **db**\n  - Cluster IP: None\n\n{BALANCED}", HEADLESS).verdict is Verdict.HOLDS
    assert _last(f"## Services\n- **db**\n  - Port: 1\n\n{BALANCED}", HEADLESS).verdict is Verdict.VIOLATED


def _of_values(line: str) -> Verdict:
    """The verdict on a line about values."""
    model = read_markdown(f"## values.yaml\n{line}\n", "data-model.md")
    resources = index(iter(()))
    defaults: dict[str, Json] = {"web": {"port": 80, "limits": {"cpu": "1", "memory": "1Gi"}, "hosts": ["a", "b"]}}
    evidence = Evidence(model, resources, pair(model, resources), "default", {"name": "shop"}, defaults)
    return judge(model.statements[-1], evidence).verdict


def test_a_key_of_the_values_in_an_example_need_not_be_there() -> None:
    assert _of_values("- web.nodePort: e.g. 30080") is Verdict.NOT_CHECKABLE
    assert _of_values("- web.port: e.g. 8080") is Verdict.HOLDS
    assert _of_values("- web.nodePort: 30080") is Verdict.MISSING


ROW = "| Parameter | Description | Default |\n|---|---|---|\n| `web.port` | port | `80` |\n| `web.{}` | x | {} |"


def test_a_key_whose_default_is_nil_need_not_be_there() -> None:
    assert _of_values(ROW.format("nodePort", "`nil`")) is Verdict.NOT_CHECKABLE
    assert _of_values(ROW.format("nodePort", "`30080`")) is Verdict.MISSING
    assert _of_values(ROW.format("port", "`nil`")) is Verdict.VIOLATED


def test_a_map_is_compared_without_its_brackets_and_in_words_it_is_not() -> None:
    assert _of_values(ROW.format("limits", "`cpu: 1, memory: 1Gi`")) is Verdict.HOLDS
    assert _of_values(ROW.format("limits", "`cpu: 2, memory: 1Gi`")) is Verdict.VIOLATED
    assert _of_values(ROW.format("limits", "`one core, see below`")) is Verdict.NOT_CHECKABLE
    assert _of_values(ROW.format("hosts", "`a`")) is Verdict.VIOLATED
