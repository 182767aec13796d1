"""What is remembered of a chart's check changes nothing but the time that the next one takes."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from todo_lint import cli, findings
from todo_lint.findings import (
    Edit,
    Exactness,
    Finding,
    Fix,
    Layer,
    Location,
    Related,
    ResourceRef,
    Severity,
    Skip,
    StatementRef,
    Verdict,
    VersionRange,
)
from todo_lint.stages import verdict_cache
from todo_lint.stages.encoded import decoded, encoded
from todo_lint.stages.judge_chart import ChartCheck

ROOT = Path(__file__).parents[2]
posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions as POSIX has them")

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: Nodeport
  selector: {app: web}
  ports:
    - port: {{ .Values.port }}
"""
DOCUMENT = """\
# The app

## Helm Chart

- Name: small

## Kubernetes Services

- **web**
  - Port: 81

## Container Images

- **web**
  - Base: Python 3.11
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A chart with findings and a document, below a repository's top; the cache is on."""
    files = {
        "chart/Chart.yaml": "apiVersion: v2\nname: small\nversion: 0.1.0\n",
        "chart/values.yaml": "port: 80\n",
        "chart/templates/web.yaml": SERVICE,
        "data-model.md": DOCUMENT,
        "Dockerfile.web": "FROM python:3.11\n",
        ".todo-lint.yaml": "fail-on: note\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TODO_LINT_CACHE_DIR", str(tmp_path / ".cache"))
    return tmp_path


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one for each time that a chart is judged."""
    times: list[str] = []
    judge = ChartCheck.result

    def counted(self: ChartCheck, *renderings: Any) -> Any:
        times.append("judged")
        return judge(self, *renderings)

    monkeypatch.setattr(ChartCheck, "result", counted)
    return times


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = cli.run([*(arguments or ("chart",)), "--format", "json"])
    return code, capsys.readouterr().out


def entries(folder: Path) -> list[Path]:
    return sorted((folder / ".cache").glob("*.verdict"))


def test_an_unchanged_chart_is_judged_once(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = run(capsys), run(capsys)
    assert first == second
    assert len(judged) == 1
    assert first[0] == 1
    places = {(f["rule"], f["location"]["file"], f["location"]["line"]) for f in json.loads(first[1])["findings"]}
    assert ("unsupported-value", "chart/templates/web.yaml", 6) in places, places
    assert ("documented-port-differs", "chart/templates/web.yaml", 9) in places, places


CHANGES: dict[str, Callable[[Path], object]] = {
    "a template": lambda top: (top / "chart/templates/web.yaml").write_text(SERVICE + "# more\n"),
    "values": lambda top: (top / "chart/values.yaml").write_text("port: 80 # more\n"),
    "a new file": lambda top: (top / "chart/templates/NOTES.txt").write_text("more"),
    "other values": lambda top: _write(top / "chart/ci/a-values.yaml", "port: 82\n"),
    "the document": lambda top: (top / "data-model.md").write_text(DOCUMENT + "  - Type: NodePort\n"),
    "no document": lambda top: (top / "data-model.md").unlink(),
    "a nearer document": lambda top: (top / "chart/data-model.md").write_text(DOCUMENT),
    "a Dockerfile": lambda top: (top / "Dockerfile.web").write_text("FROM python:3.12\n"),
    "no Dockerfile": lambda top: (top / "Dockerfile.web").unlink(),
    "another Dockerfile": lambda top: _write(top / "web/Dockerfile", "FROM python:3.11\n"),
    "the configuration": lambda top: (top / ".todo-lint.yaml").write_text("namespace: other\n"),
    "a chart beside it": lambda top: _write(top / "other/Chart.yaml", "name: other\n"),
}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_decides_is_looked_at_again(
    what: str, folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys)
    CHANGES[what](folder)
    run(capsys)
    assert len(judged) == 2, what


def test_the_name_of_a_chart_beside_it_decides(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _write(folder / "other/Chart.yaml", "name: other\n")
    run(capsys)
    run(capsys)
    assert len(judged) == 1
    (folder / "other/Chart.yaml").write_text("name: shop\n")
    run(capsys)
    assert len(judged) == 2


@pytest.mark.parametrize(
    "arguments", [("chart", "--namespace", "x"), ("chart", "--kubernetes-version", "1.30"), ("./chart",)]
)
def test_other_options_are_another_check(
    arguments: tuple[str, ...], folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys)
    run(capsys, *arguments)
    assert len(judged) == 2


def test_a_changed_module_or_package_of_todo_lint_judges_anew(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys)
    monkeypatch.setattr(verdict_cache, "folder_states", lambda folder: iter([(folder, 1, 1)]))
    run(capsys)
    assert len(judged) == 2
    packages = folder / "packages"
    packages.mkdir()
    monkeypatch.syspath_prepend(str(packages))
    run(capsys)
    (packages / "other-1.0.dist-info").mkdir()
    run(capsys)
    assert len(judged) == 4


@pytest.mark.parametrize(
    ("drawn", "times"),
    [
        ("randAlphaNum 40", 1),  # a password: another one is of the same shape
        ("randInt 1 1000000000", 2),  # a number decides more than a long word can
        ("randAlphaNum 8", 2),
    ],
)
def test_what_is_drawn_anew_counts_unless_it_is_a_long_word(
    drawn: str, times: int, folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    value = "{{ " + drawn + " | quote }}"
    template = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: drawn}}\ndata:\n  key: {value}\n"
    (folder / "chart/templates/drawn.yaml").write_text(template)
    run(capsys)
    run(capsys)
    assert len(judged) == times


def test_given_values_are_never_kept(folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "chart", "--set", "port=82")
    assert not entries(folder)
    assert len(judged) == 1


@posix
def test_a_document_that_comes_through_a_pipe_is_read_once(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """As with ``--data-model <(make-document)``."""
    reading, writing = os.pipe()
    os.write(writing, DOCUMENT.encode())
    os.close(writing)
    _, report = run(capsys, "chart", "--data-model", f"/dev/fd/{reading}")
    os.close(reading)
    assert not entries(folder)
    _, by_file = run(capsys, "chart", "--data-model", "data-model.md")
    assert json.loads(report)["statements"] == json.loads(by_file)["statements"]
    assert not json.loads(report)["failures"]


def test_with_other_charts_in_a_run_nothing_is_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(folder / "chart", folder / "again")
    run(capsys, "chart", "again")
    assert not entries(folder)


def test_a_finding_that_holds_a_secret_is_not_kept(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    word = "hunter2canary"
    secret = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\nstringData: {{key: {word}}}\n"
    (folder / "chart/templates/secret.yaml").write_text(secret)
    (folder / "chart/templates/web.yaml").write_text(SERVICE.replace("Nodeport", word))
    first, second = run(capsys), run(capsys)
    assert first == second
    assert word not in first[1]
    assert len(judged) == 2
    assert not entries(folder)


def test_a_run_that_was_cut_short_is_not_kept(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = ChartCheck.result

    def hurried(self: ChartCheck, *renderings: Any) -> Any:
        self._renderer.hurried = True
        return judge(self, *renderings)

    monkeypatch.setattr(ChartCheck, "result", hurried)
    run(capsys)
    assert not entries(folder)


def test_a_failure_is_not_kept(folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "chart/templates/loop.yaml").write_text("{{ range until 100000000 }}{{ end }}")
    assert run(capsys, "chart", "--deadline", "2")[0] == 3
    assert not entries(folder)


@pytest.mark.parametrize("damage", ["", "x", "one\ntwo\nthree", '{"findings": []}'])
def test_a_damaged_entry_is_no_entry(
    damage: str, folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = run(capsys)
    [entry] = entries(folder)
    entry.write_text(damage)
    assert run(capsys) == first
    assert len(judged) == 2
    assert run(capsys) == first
    assert len(judged) == 2  # it was written anew


def test_an_entry_with_another_result_is_no_entry(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first = run(capsys)
    [entry] = entries(folder)
    entry.write_text(entry.read_text().replace('"Severity",3', '"Severity",1'))
    assert run(capsys) == first
    assert len(judged) == 2


@posix
def test_a_cache_that_others_can_write_to_is_not_believed(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys)
    (folder / ".cache").chmod(0o777)
    run(capsys)
    assert len(judged) == 2


def test_without_a_cache_folder_the_run_is_the_same(
    folder: Path, judged: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(capsys)
    for place in ("off", str(folder / "data-model.md")):
        monkeypatch.setenv("TODO_LINT_CACHE_DIR", place)
        assert run(capsys) == first
    assert len(judged) == 3


def test_the_shipped_chart_is_known_at_the_second_run_though_it_draws_a_secret(
    tmp_path: Path, judged: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("chart", "policies"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TODO_LINT_CACHE_DIR", str(tmp_path / "cache"))
    first, second = run(capsys), run(capsys)
    assert first == second
    assert len(judged) == 1


texts = st.text(max_size=8)
numbers = st.none() | st.integers(1, 99)
locations = st.builds(
    Location, texts, numbers, numbers, st.sampled_from(Layer), st.none() | st.sampled_from(Exactness)
)
some_findings = st.builds(
    Finding,
    rule=texts,
    severity=st.sampled_from(Severity),
    message=texts,
    location=locations,
    hint=texts,
    resource=st.none() | st.builds(ResourceRef, texts, texts, texts, st.none() | texts),
    path=st.none() | texts,
    related=st.lists(st.builds(Related, texts, locations), max_size=2).map(tuple),
    statements=st.lists(
        st.builds(StatementRef, texts, st.integers(1, 9), texts, st.sampled_from(Verdict)), max_size=2
    ).map(tuple),
    kubernetes=st.builds(VersionRange, st.none() | texts, st.none() | texts),
    profiles=st.lists(texts, max_size=2).map(tuple),
    fix=st.none()
    | st.builds(
        Fix,
        texts,
        st.lists(st.builds(Edit, *[st.integers(1, 9)] * 4, texts), max_size=2).map(tuple),
    ),
    excerpt=st.none() | texts,
)


@given(st.lists(some_findings | st.builds(Skip, texts, texts), max_size=3).map(tuple))
def test_findings_come_back_as_they_were(kept: tuple[Finding | Skip, ...]) -> None:
    back = decoded(json.loads(json.dumps(encoded(kept))))
    assert repr(back) == repr(kept)  # which shows fields that do not count for equality, too
    assert back == kept


def test_nothing_else_is_encoded() -> None:
    for value in (1.5, [1], {"a": 1}, findings.Summary()):
        with pytest.raises(TypeError):
            encoded(value)
