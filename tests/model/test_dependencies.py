"""Charts on which a chart depends: read with version, repository and condition, and not taken for the chart."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.model.reading import prose, read, stated, told

from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

POSTGRES = ("dependencies.postgresql", "12.1.0")


def _of(*lines: str) -> list[tuple[int, str, str]]:
    return [(line, what, value) for line, kind, _, what, value in stated(read(*lines)) if kind == "Chart"]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ("- dependencies.postgresql: 12.1.0", [POSTGRES]),
        ("- `dependencies.postgresql.version`: `12.1.0`", [POSTGRES]),
        ("- dependencies.postgresql.condition: db.enabled", [("dependencies.postgresql.condition", "db.enabled")]),
        ("- Dependencies: postgresql 12.1.0, `redis` (~17.0.0)", [POSTGRES, ("dependencies.redis", "~17.0.0")]),
        ("- **Subcharts**: postgresql@12.1.0", [POSTGRES]),
    ],
)
def test_a_line_states_dependencies(line: str, facts: list[tuple[str, str]]) -> None:
    assert _of("## Chart.yaml", line) == [(2, *fact) for fact in facts]
    assert told(read("## Chart.yaml", line)) == []


def test_lists_and_tables_state_them_and_say_nothing_of_the_chart_itself() -> None:
    lines = (
        "## Chart.yaml", "- Name: shop", "- Dependencies:", "  - postgresql: 12.1.0", "  - `cache-store` 17.0.1",
        "  - `queue`", "  - mongodb", "    - Version: 13.0.0", "    - Repository: https://charts.example.com",
        "    - Purpose: documents",
    )  # fmt: skip
    assert _of(*lines) == [
        (2, "name", "shop"), (4, *POSTGRES), (5, "dependencies.cache-store", "17.0.1"), (6, "dependencies.queue", ""),
        (8, "dependencies.mongodb", "13.0.0"), (9, "dependencies.mongodb.repository", "https://charts.example.com"),
    ]  # fmt: skip
    table = ("| Chart | Version | Condition |", "|---|---|---|", "| postgresql | 12.1.0 | db.enabled |")
    for heading in (("## Helm chart dependencies",), ("## Chart.yaml", "### Dependencies")):
        line = len(heading) + 4
        rows = _of(*heading, "", *table)
        assert rows == [(line, *POSTGRES), (line, "dependencies.postgresql.condition", "db.enabled")]


@pytest.mark.parametrize(
    "lines",
    [
        ("- Dependencies: none",),
        ("- Dependencies: kubernetes 1.28, helm 3.12",),
        ("- Dependencies: Node modules, application code",),
        ("- Dependencies:", "  - python", "  - kubernetes: 1.28"),
    ],
)
def test_programs_and_words_are_no_charts(lines: tuple[str, ...]) -> None:
    assert _of("## Chart.yaml", *lines) == []
    assert 2 in prose(read("## Chart.yaml", *lines))


def test_a_version_that_is_none_is_told() -> None:
    hint = "a version of a dependency is read where it looks like '12.1.0'"
    assert told(read("## Chart.yaml", "- dependencies.postgresql: newest")) == [(2, hint)]


def test_each_is_held_against_chart_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    inner = Path("chart/charts/cache")
    (Path("chart") / "templates").mkdir(parents=True)
    inner.mkdir(parents=True)
    (inner / "Chart.yaml").write_text("apiVersion: v2\nname: cache\nversion: 1.2.0\n")
    Path("chart/templates/a.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {k: v}\n")
    Path("chart/Chart.yaml").write_text(
        "apiVersion: v2\nname: shop\nversion: 0.1.0\ndependencies:\n"
        "  - {name: cache, version: 1.2.0, condition: cache.on}\n"
    )
    table = ("| Name | Version | Condition | Repository |", "|---|---|---|---|")
    rows = ("| cache | 1.2.0 | cache.enabled | - |", "| queue | 2.0.0 | queue.enabled | https://charts.example.com |")
    Path("model.md").write_text("\n".join(("## Chart.yaml", "### Dependencies", "", *table, *rows, "")))

    with Renderer() as renderer:
        report = run(Request(("chart",), data_model="model.md"), renderer)

    assert [
        (f.rule, f.message, f.location.line, [ref.line for ref in f.statements])
        for f in report.findings
        if f.rule.startswith("documented")
    ] == [
        ("documented-metadata-differs", "Chart.yaml has no dependency queue", 4, [7]),
        (
            "documented-metadata-differs",
            "Chart.yaml takes cache with the condition cache.on; the document says cache.enabled", 5, [6],
        ),
    ]  # fmt: skip
