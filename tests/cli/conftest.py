"""todo-lint as its users run it: as a program, in a folder that holds a chart and its document."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from todo_lint import cli

ROOT = Path(__file__).parents[2]
CHART_YAML = "apiVersion: v2\nname: {name}\nversion: 0.1.0\n"


@dataclass(frozen=True)
class Run:
    """What came of one run."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON report."""
        read: dict[str, Any] = json.loads(self.out)
        return read

    @property
    def failed(self) -> list[str]:
        """The lines that say what could not be done, in text output and on standard error."""
        told = ("failed: ", "todo-lint: ")
        return [line for line in (self.out + self.err).splitlines() if line.startswith(told)]

    @property
    def rules(self) -> list[str]:
        """The rules of all errors and warnings of the JSON report, in its order."""
        return [finding["rule"] for finding in self.report["findings"] if finding["severity"] != "note"]


def environment(**more: str) -> dict[str, str]:
    """The environment of a run: that of the tests, without what would change the output."""
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "PYTHONPATH")}
    return {**kept, **more}


@pytest.fixture
def todo_lint(tmp_path: Path) -> Callable[..., Run]:
    """Runs todo-lint in the temporary folder: ``todo_lint("chart/", "--format", "json")``."""

    def run(*arguments: str | Path, cwd: Path = tmp_path, stdin: str = "", **more: str) -> Run:
        command = [sys.executable, "-m", "todo_lint", *map(str, arguments)]
        done = subprocess.run(
            command,
            cwd=cwd,
            input=stdin.encode(),
            capture_output=True,
            env=environment(**more),
            timeout=60,
            check=False,
        )
        result = Run(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in result.out + result.err
        return result

    return run


@pytest.fixture
def run_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Run]:
    """The same without a process of its own, where a test needs many runs."""

    def run(*arguments: str | Path) -> Run:
        monkeypatch.chdir(tmp_path)
        code = cli.run([str(argument) for argument in arguments])
        return Run(code, *capsys.readouterr())

    return run


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    """The shipped chart and its document, copied: ``chart/`` and ``policies/`` in the temporary folder."""
    for part in ("chart", "policies"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / ".git").mkdir()
    return tmp_path / "chart"


@pytest.fixture
def write_chart(tmp_path: Path) -> Callable[..., Path]:
    """Writes a chart: ``write_chart("app", {"templates/a.yaml": "..."})``."""

    def write(name: str, files: Mapping[str, str]) -> Path:
        folder = tmp_path / name
        for path, text in {"Chart.yaml": CHART_YAML.format(name=name), **files}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        return folder

    return write
