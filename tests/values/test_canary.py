"""A secret value that a user gives appears in no output of any command and format, nor in the cache."""

from __future__ import annotations

import base64
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from todo_lint import cli
from todo_lint.commands._names import command_names
from todo_lint.report._formats import format_names

ROOT = Path(__file__).parents[2]
CANARY = "canary0of0a0secret0value"
LEAK = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: leak
data:
  url: {{ .Values.secrets.databaseUrl | quote }}
  key: {{ .Values.secrets.cohereApiKey }}x
  broken: {{ .Values.secrets.jwtSecret | b64enc }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ .Values.secrets.jwtSecret | quote }}
spec:
  ports:
    - port: {{ .Values.secrets.cohereApiKey | quote }}
      targetPort: 99999
"""
FAILS = """\
{{- fail (printf "%v is refused" .Values.secrets) }}
"""
UNREADABLE = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: unreadable
data:
  key: {{ .Values.secrets.cohereApiKey }}: {{ .Values.secrets.databaseUrl }}
"""
CHARTS = {
    "as it is": {},
    "a chart that leaks": {"leak.yaml": LEAK, "NOTES.txt": "{{ .Values.secrets | toYaml }}\n"},
    "a chart that stops": {"stop.yaml": FAILS},
    "a chart that cannot be read": {"unreadable.yaml": UNREADABLE},
}
PLAIN = ("check", "explain-value", "graph", "trace")
"""The commands that render; the others read documents and rules only."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for part in ("chart", "policies"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / ".git").mkdir()
    (tmp_path / "given.yaml").write_text(
        f'secrets:\n  databaseUrl: "{CANARY}1"\n  cohereApiKey: "{CANARY}2"\n  jwtSecret: "{CANARY}3"\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TODO_LINT_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def forms() -> Iterator[bytes]:
    """The canary as it may turn up: plain, in base64 at each of the three offsets, and as a digest."""
    plain = CANARY.encode()
    yield plain
    for shift in range(3):
        yield base64.b64encode(b"\0" * shift + plain)[4 * (shift > 0) : -4]
    for number in "123":
        yield hashlib.sha256(plain + number.encode()).hexdigest().encode()


def calls() -> Iterator[tuple[str, ...]]:
    for name in format_names():
        yield ("check", "chart", "--format", name, "--fail-on", "note")
    yield ("check", "chart", "--diff")
    yield ("check", "chart", "--fix")
    for asked in (
        "secrets",
        "secrets.databaseUrl",
        "Secret/app-secrets:data.database_url",
        "ConfigMap/leak:data.url",
    ):
        yield ("explain-value", "chart", asked)
    for name in ("mermaid", "dot", "json"):
        yield ("graph", "chart", "--format", name)
    for name in ("text", "markdown", "json", "html"):
        yield ("trace", "chart", "--format", name)


@pytest.mark.parametrize("templates", CHARTS.values(), ids=CHARTS.keys())
def test_no_output_and_no_cache_holds_it(
    folder: Path, templates: dict[str, str], capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    for name, text in templates.items():
        (folder / "chart/templates" / name).write_text(text)
    ran = set()
    for call in calls():
        if call[0] not in command_names():
            continue
        ran.add(call[0])
        cli.run([*call, "-f", "given.yaml"])
        out = b"".join(capfdbinary.readouterr())
        assert out
        for form in forms():
            assert form not in out, call
    assert ran == set(PLAIN)
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "given.yaml"]
    for path in files:
        data = path.read_bytes() + path.name.encode()
        for form in forms():
            assert form not in data, path


def test_nothing_is_remembered_of_a_chart_with_given_values(folder: Path) -> None:
    cli.run(["chart", "-f", "given.yaml"])
    assert not list((folder / "cache").glob("*.values"))

    cli.run(["chart"])
    assert len(list((folder / "cache").glob("*.values"))) == 1
    assert [path.read_bytes() for path in (folder / "cache").glob("*.values")] == [b""]
