"""Fixtures that render the shipped chart with Helm's library, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

CHART = Path(__file__).resolve().parents[2] / "chart"

# A chart handle renders correctly once, so each request loads the chart anew.
SERVER = """
import json, sys
import helm_python
from helm_python import Chart, _native
for line in sys.stdin:
    request = json.loads(line)
    try:
        chart = Chart.load(request["chart"])
        options = json.dumps(request["options"])
        text = _native.call_string("helm_render", chart._raw(), json.dumps(request["values"]), options)
        answer = {"files": json.loads(text)}
    except Exception as error:
        answer = {"error": str(error)}
    print(json.dumps(answer), flush=True)
"""

Ask = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture(scope="session")
def helm_library() -> Iterator[Ask]:
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", SERVER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin
    assert process.stdout
    source, target = process.stdout, process.stdin

    def ask(request: dict[str, Any]) -> dict[str, Any]:
        target.write(json.dumps(request) + "\n")
        target.flush()
        answer: dict[str, Any] = json.loads(source.readline())
        return answer

    yield ask
    target.close()
    process.wait(timeout=30)
    source.close()


@pytest.fixture(scope="session")
def chart() -> Path:
    return CHART


@pytest.fixture(scope="session")
def minimal() -> dict[str, Any]:
    return read_values("minimal-values.yaml")


@pytest.fixture(scope="session")
def profiles() -> dict[str, dict[str, Any]]:
    """All ways to install the chart that its parts make different."""
    return {
        "minimal": read_values("minimal-values.yaml"),
        "optional": read_values("optional-parts-values.yaml"),
        "existing": {"secrets": {"existingSecret": "made-elsewhere"}},
    }


@pytest.fixture(scope="session")
def render_files(helm_library: Ask) -> Callable[..., dict[str, str]]:
    """Render to texts by file, the chart's name left out. Raises RuntimeError with Helm's message."""

    def render(
        values: dict[str, Any],
        *,
        name: str = "todo-app",
        namespace: str = "default",
        kube_version: str = "1.37.0",
        folder: Path = CHART,
    ) -> dict[str, str]:
        options = {"name": name, "namespace": namespace, "kube_version": kube_version}
        answer = helm_library({"chart": str(folder), "values": values, "options": options})
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return {path.partition("/")[2]: text for path, text in answer["files"].items()}

    return render


@pytest.fixture(scope="session")
def render(render_files: Callable[..., dict[str, str]]) -> Callable[..., dict[str, Any]]:
    """Render to the objects, by ``Kind/name``."""

    def to_objects(values: dict[str, Any], **options: Any) -> dict[str, Any]:
        objects: dict[str, Any] = {}
        for path, text in render_files(values, **options).items():
            if path.endswith((".tpl", ".txt")):
                continue
            for document in yaml.load_all(text, Loader=yaml.CSafeLoader):
                if document is None:
                    continue
                key = f"{document['kind']}/{document['metadata']['name']}"
                assert key not in objects, f"{key} is rendered twice"
                objects[key] = document
        return objects

    return to_objects


@pytest.fixture(scope="session")
def with_values(minimal: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Lay dotted keys over the minimal values."""

    def lay(changes: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = json.loads(json.dumps(minimal))
        for dotted, value in changes.items():
            *groups, last = dotted.split(".")
            node = values
            for group in groups:
                node = node.setdefault(group, {})
            node[last] = value
        return values

    return lay


def read_values(file: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((CHART / "ci" / file).read_text(encoding="utf-8"))
    return values
