"""What the helm program (4.3.1) refuses before it renders, and where local dependencies may come from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.helm.archive import pack
from todo_lint.helm.chart import load_chart
from todo_lint.helm.checks import ChartProblem, ProblemKind, check_chart
from todo_lint.helm.dependencies import Resolved, resolve_dependencies

WriteChart = Callable[..., Path]
LOCAL = "dependencies:\n- name: common\n  version: {version}\n  repository: {repository}\n"


def problems(folder: Path, kubernetes: str = "1.37") -> tuple[ChartProblem, ...]:
    resolved = resolve_dependencies(load_chart(str(folder)))
    return check_chart(resolved.chart.metadata, resolved.missing, kubernetes)


@pytest.mark.parametrize(
    ("more", "kind", "route", "stops"),
    [
        ("kubeVersion: '>=1.99'\n", ProblemKind.KUBE_VERSION, ("kubeVersion",), True),
        ("kubeVersion: 'foo bar'\n", ProblemKind.KUBE_VERSION, ("kubeVersion",), True),
        ("type: library\n", ProblemKind.LIBRARY, ("type",), True),
        ("type: foo\n", ProblemKind.METADATA, ("type",), True),
        ("deprecated: true\n", ProblemKind.DEPRECATED, ("deprecated",), False),
        ("apiVersion: v3\n", ProblemKind.API_VERSION, ("apiVersion",), True),
        ("apiVersion: v9\n", ProblemKind.API_VERSION, ("apiVersion",), True),
        ("version: ''\n", ProblemKind.METADATA, ("version",), True),
        ("version: 1.2.3-\n", ProblemKind.METADATA, ("version",), True),
        ("name: a/b\n", ProblemKind.METADATA, ("name",), True),
        ("dependencies: [{name: gone}]\n", ProblemKind.DEPENDENCY, ("dependencies", 0), True),
        (
            "dependencies: [{name: off, condition: off.enabled}]\n",
            ProblemKind.DEPENDENCY,
            ("dependencies", 0),
            True,
        ),
    ],
)
def test_one_problem(
    write_chart: WriteChart, more: str, kind: ProblemKind, route: tuple[str | int, ...], stops: bool
) -> None:
    lines = {"apiVersion": "v2", "name": "app", "version": "0.1.0"}
    lines.pop(more.partition(":")[0], None)
    text = "".join(f"{key}: {value}\n" for key, value in lines.items()) + more
    (problem,) = problems(write_chart("app", {"Chart.yaml": text}))
    assert (problem.kind, problem.route, problem.stops, problem.file) == (kind, route, stops, "Chart.yaml")


@pytest.mark.parametrize(
    "more",
    ["", "kubeVersion: '>=1.25.0-0'\n", "type: application\n", "deprecated: false\n", "kubeVersion: '1.37'\n"],
)
def test_no_problem(write_chart: WriteChart, more: str) -> None:
    assert problems(write_chart("app", more=more), "v1.37.2-gke.100") == ()


def test_two_dependencies_of_one_name_and_a_bad_alias(write_chart: WriteChart) -> None:
    more = "dependencies:\n- {name: a, alias: b}\n- {name: b}\n- {name: a, alias: 'x y'}\n"
    files = {"charts/a/Chart.yaml": "name: a\nversion: 1.0.0\n", "charts/b/Chart.yaml": "name: b\nversion: 1.0.0\n"}
    found = problems(write_chart("app", files, more))
    assert [problem.route for problem in found] == [("dependencies", 1), ("dependencies", 2, "alias")]


def test_requirements_of_an_old_chart_are_read(write_chart: WriteChart) -> None:
    files = {
        "Chart.yaml": "apiVersion: v1\nname: app\nversion: 0.1.0\n",
        "requirements.yaml": "dependencies: [{name: gone, version: 1.0.0}]\n",
    }
    (problem,) = problems(write_chart("app", files))
    assert (problem.file, problem.route) == ("requirements.yaml", ("dependencies", 0))


def test_vendored_dependencies_count_by_their_names(write_chart: WriteChart, tmp_path: Path) -> None:
    packed = pack(load_chart(str(write_chart("packed"))))
    folder = write_chart(
        "app",
        {"charts/folder/Chart.yaml": "name: other\nversion: 1.0.0\n", "charts/_off/Chart.yaml": "name: off\n"},
        "dependencies: [{name: packed}, {name: other}, {name: off}]\n",
    )
    (folder / "charts" / "packed-0.1.0.tgz").write_bytes(packed)
    assert [problem.route for problem in problems(folder)] == [("dependencies", 2)]


def resolve(folder: Path) -> Resolved:
    return resolve_dependencies(load_chart(str(folder)))


def test_a_local_dependency_of_the_same_repository_is_added(write_chart: WriteChart, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write_chart("deeper", {"templates/_x.tpl": "x"})
    write_chart(
        "common",
        {"templates/_c.tpl": "c"},
        "dependencies: [{name: deeper, version: 0.x, repository: file://../deeper}]\n",
    )
    folder = write_chart("app", more=LOCAL.format(version="~0.1", repository="file://../common"))
    resolved = resolve(folder)
    assert resolved.missing == ()
    assert resolved.chart.files["charts/common/templates/_c.tpl"] == b"c"
    assert resolved.chart.files["charts/common/charts/deeper/templates/_x.tpl"] == b"x"


@pytest.mark.parametrize(
    ("version", "repository", "reason"),
    [
        ("0.x", "file://../../outside", "lies outside of the repository and is not read"),
        ("0.x", "file:///etc", "lies outside of the repository and is not read"),
        ("9.x", "file://../common", "holds version 0.1.0, which is not in 9.x"),
        ("0.x", "file://../nothing", "file://../nothing: no such file or folder"),
        ("0.x", "file://../other", 'holds a chart named "other"'),
        ("0.x", "file://.", "leads back to a chart that depends on it"),
        ("0.x", "https://example.com/charts", "nothing is fetched"),
    ],
)
def test_local_dependencies_that_are_not_taken(
    write_chart: WriteChart, tmp_path: Path, version: str, repository: str, reason: str
) -> None:
    (tmp_path / ".git").mkdir()
    write_chart("common")
    write_chart("other")
    (missing,) = resolve(write_chart("app", more=LOCAL.format(version=version, repository=repository))).missing
    assert missing.dependency.name == "common"
    assert reason in missing.reason


def test_without_a_repository_nothing_beside_the_chart_is_read(write_chart: WriteChart) -> None:
    write_chart("common")
    folder = write_chart("app", more=LOCAL.format(version="0.x", repository="file://../common"))
    (missing,) = resolve(folder).missing
    assert missing.reason == "file://../common lies outside of the repository and is not read"


def test_charts_that_depend_on_each_other_end(write_chart: WriteChart, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write_chart("common", more="dependencies: [{name: app, version: 0.x, repository: file://../app}]\n")
    folder = write_chart("app", more=LOCAL.format(version="0.x", repository="file://../common"))
    resolved = resolve(folder)
    assert resolved.missing == ()
    assert not any(name.startswith("charts/common/charts/") for name in resolved.chart.files)
