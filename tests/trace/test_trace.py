"""A row for each statement: what became of it, where, and by which values key; and what has changed since."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from todo_lint.drift import Drift, drift
from todo_lint.errors import UserError
from todo_lint.findings import Failure, FailureKind, Layer, Location, ResourceRef, Verdict
from todo_lint.helm.profiles import ValueOptions
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import trace
from todo_lint.records import replace
from todo_lint.report.traces import html, markdown, text
from todo_lint.report.traces import json as json_format
from todo_lint.stages.request import Request
from todo_lint.trace_document import read_report, trace_formats
from todo_lint.traces import Change, Difference, Trace, TraceCell, TraceReport, TraceRow, share

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schemas/trace.json").read_text())
WRITERS = {"html": html, "json": json_format, "markdown": markdown, "text": text}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "chart", tmp_path / "chart")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _trace(renderer: Renderer, values: ValueOptions | None = None) -> TraceReport:
    return trace(Request(("chart",), values or ValueOptions(), trace=True), renderer)


def _row(report: TraceReport, line: int, attribute: str = "") -> TraceRow:
    (found,) = report.traces
    return next(row for row in found.rows if row.line == line and row.attribute.startswith(attribute))


def _line_of(file: Path, text: str) -> int:
    return next(number for number, line in enumerate(file.read_text().splitlines(), 1) if text in line)


def test_a_row_names_field_template_line_and_values_key(folder: Path, renderer: Renderer) -> None:
    report = _trace(renderer)

    row = _row(report, 44)
    assert (row.section, row.subject, row.attribute, row.value) == (
        "Kubernetes Services", "Service backend-service", "port", "8000",
    )  # fmt: skip
    (cell,) = row.cells
    assert row.verdict is cell.verdict is Verdict.HOLDS
    assert cell.profiles == ("minimal", "optional-parts")
    assert (str(cell.resource), cell.path) == ("Service/backend-service", "spec.ports[0].port")
    template = folder / "chart/templates/backend-service.yaml"
    assert cell.location is not None
    assert (cell.location.file, cell.location.line) == (
        "chart/templates/backend-service.yaml", _line_of(template, "port: {{ int .Values.backend.service.port"),
    )  # fmt: skip
    assert [(key.key, key.location and key.location.file) for key in cell.keys] == [
        ("backend.service.port", "chart/values.yaml")
    ]
    values = (folder / "chart/values.yaml").read_text().splitlines()
    assert cell.keys[0].location is not None
    assert values[(cell.keys[0].location.line or 0) - 1].strip() == "port: 8000"


def test_all_statements_of_the_shipped_document_have_a_row(folder: Path, renderer: Renderer) -> None:
    report = _trace(renderer)

    assert report.exit_code == 0
    assert report.counts() == {Verdict.HOLDS: 56, Verdict.LATER: 7, Verdict.NOT_CHECKABLE: 6}
    (found,) = report.traces
    assert (found.chart, found.document, found.base) == ("chart", "policies/data-model.md", "minimal")
    assert {section.name: section.share for section in found.sections()} == {
        "Container Images": 100,
        "Kubernetes Deployments": 100,
        "Kubernetes Services": 100,
        "Configurations": 100,
        "Persistent Storage (Future)": None,
        "Helm Chart Structure": 100,
        "Networking Model": 100,
        "Security Model": 100,
    }


def test_profiles_that_differ_have_cells_of_their_own(folder: Path, renderer: Renderer) -> None:
    ci = folder / "chart/ci/minimal-values.yaml"
    (folder / "chart/ci/production-values.yaml").write_text(ci.read_text() + "frontend: {replicaCount: 3}\n")

    row = _row(_trace(renderer), 22)

    assert row.verdict is Verdict.OVERRIDDEN
    assert [(cell.profiles, cell.verdict) for cell in row.cells] == [
        (("minimal", "optional-parts"), Verdict.HOLDS),
        (("production",), Verdict.OVERRIDDEN),
    ]
    assert row.cells[1].message == "Deployment/frontend-deployment has 3 replicas; the document says 1"


def test_a_default_in_values_yaml_is_its_own_key(folder: Path, renderer: Renderer) -> None:
    (cell,) = _row(_trace(renderer), 79).cells

    assert cell.resource is None
    assert cell.path == "backend.service.port"
    assert [(key.key, key.location) for key in cell.keys] == [("backend.service.port", cell.location)]
    assert cell.location is not None
    assert (cell.location.file, cell.location.layer) == ("chart/values.yaml", Layer.VALUES)


def test_a_violated_statement_fails_the_trace(folder: Path, renderer: Renderer) -> None:
    document = folder / "policies/data-model.md"
    document.write_text(document.read_text().replace("Replica Count: 1 (configurable)", "Replica Count: 2", 1))

    report = _trace(renderer)

    assert report.exit_code == 1
    assert _row(report, 22).verdict is Verdict.VIOLATED
    assert _row(report, 22).cells[0].message == "Deployment/frontend-deployment has 1 replica; the document says 2"


def test_without_a_document_there_is_nothing_to_trace(folder: Path, renderer: Renderer) -> None:
    shutil.rmtree(folder / "policies")

    report = _trace(renderer)

    assert report.exit_code == 2
    (failure,) = report.failures
    assert failure.message.startswith("there is nothing to trace: chart: no data model for the chart todo-app")


@pytest.mark.parametrize("format_", trace_formats())
def test_values_of_secrets_are_in_no_format(format_: str, folder: Path, renderer: Renderer) -> None:
    document = folder / "policies/data-model.md"
    document.write_text(
        document.read_text().replace("frontend_api_url: http", "frontend_api_url: canary-of-a-secret")
    )
    values = ValueOptions(set=("secrets.databaseUrl=canary-of-a-secret", "secrets.cohereApiKey=dummy"))

    written = WRITERS[format_].write(_trace(renderer, values), colour=False)

    assert "hidden" in written
    assert "canary" not in written
    assert "Y2FuYXJ5" not in written


def _some(verdict: Verdict = Verdict.VIOLATED, text_: str = "- Port: 80", message: str = "it is 81") -> TraceReport:
    place = Location("chart/templates/a.yaml", 3, 1, Layer.TEMPLATE)
    cell = TraceCell(("default",), verdict, message, ResourceRef("v1", "Service", "web"), "spec.ports[0].port", place)
    row = TraceRow(4, text_, "Services", "Service web", "port", "80", verdict, "", (cell,))
    return TraceReport((Trace("chart", "data-model.md", "default", (row,)),))


@pytest.mark.parametrize("format_", trace_formats())
def test_a_hostile_document_does_no_harm(format_: str) -> None:
    nasty = "- <script>alert(1)</script> \x1b[31m | `x` @someone ![a](http://example.invalid/a.png) \u202e"

    written = WRITERS[format_].write(_some(text_=nasty, message=nasty), colour=False)

    assert "\x1b" not in written
    assert "\u202e" not in written
    if format_ in ("html", "markdown"):
        assert "<script>alert" not in written
        assert "&lt;script&gt;" in written
    if format_ == "markdown":
        row = next(line for line in written.splitlines() if "alert" in line)
        assert len(re.findall(r"(?<!\\)\|", row)) == 5
        assert not re.search(r"@someone|!\[|http://", row)


def test_the_page_needs_nothing_from_elsewhere() -> None:
    page = html.write(_some(), colour=False)

    assert not re.search(r"(?:src|href)\s*=|@import|url\(", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert 'data-verdict="violated"' in page


def test_markdown_fits_a_comment() -> None:
    row = _some(Verdict.HOLDS).traces[0].rows[0]
    many = TraceReport((Trace("chart", "d.md", "default", (row,) * 2000),))

    written = markdown.write(many, colour=False)

    assert len(written) < 65_536
    left = re.search(r"(\d+) more statements are left out", written)
    assert left is not None
    assert written.count("| 4 | ") + int(left[1]) == 2000


@pytest.mark.parametrize("verdict", [Verdict.VIOLATED, Verdict.HOLDS])
@pytest.mark.parametrize("charts", [1, 40])
def test_a_comment_holds_no_more_however_much_differs(verdict: Verdict, charts: int) -> None:
    row = _some(verdict).traces[0].rows[0]
    change = Difference(Change.DRIFTED, "chart", 4, "- Port: 80 " + "*" * 4000, Verdict.HOLDS, verdict, "it is 81")
    failure = Failure(FailureKind.INPUT, "m" * 5000)
    trace = Trace("chart", "d.md", "default", (row,) * 2000)
    many = TraceReport((trace,) * charts, failures=(failure,) * 50, differences=(change,) * 900)

    written = markdown.write(many, colour=False)

    assert len(written) < 65_536
    left = {words[1]: 0 for words in re.findall(r"(\d+) more (\w+) are left out here", written)}
    for number, words in re.findall(r"(\d+) more (\w+) are left out here", written):
        left[words] += int(number)
    assert written.count("\n| 4 | ") + left["statements"] == 2000 * charts
    assert written.count("\n| drifted since | ") + left["changes"] == 900
    assert written.count("**failed**") + left["failures"] == 50
    assert written.count("<details>") == written.count("</details>")


def test_markdown_shows_what_differs_before_it_folds() -> None:
    written = markdown.write(_some(), colour=False)

    assert "### What differs" in written
    assert "<details>" not in written
    assert "| 4 | Port: 80 | violated | it is 81<br><code>Service/web spec.ports&#91;0&#93;.port</code>" in written


def test_json_keeps_to_its_schema(folder: Path, renderer: Renderer) -> None:
    report = _trace(renderer)
    value: dict[str, Any] = json.loads(json_format.write(report))

    jsonschema_rs.validator_for(SCHEMA).validate(value)
    assert (value["counts"]["total"], value["counts"]["holds"], value["share"], value["exit"]) == (69, 56, 100, 0)
    assert len(value["traces"][0]["rows"]) == 69


def test_a_percentage_is_only_whole_when_everything_holds() -> None:
    assert share({Verdict.HOLDS: 199, Verdict.VIOLATED: 1}) == 99
    assert share({Verdict.HOLDS: 3, Verdict.LATER: 5, Verdict.NOT_CHECKABLE: 1}) == 100
    assert share({Verdict.NOT_UNDERSTOOD: 2}) == 0
    assert share({Verdict.LATER: 5}) is None


def _rows(*rows: tuple[str, str, Verdict]) -> tuple[Trace, ...]:
    made = (
        TraceRow(n, f"- {a}: {v}", "S", "Service web", a, v, verdict) for n, (a, v, verdict) in enumerate(rows, 1)
    )
    return (Trace("chart", "d.md", "", tuple(made)),)


def test_differences_go_by_words_and_not_by_lines() -> None:
    before = _rows(
        ("port", "80", Verdict.HOLDS), ("type", "NodePort", Verdict.MISSING), ("nodePort", "30080", Verdict.VIOLATED),
        ("selector", "app=web", Verdict.HOLDS),
    )  # fmt: skip
    after = _rows(
        ("name", "web", Verdict.HOLDS), ("port", "80", Verdict.VIOLATED), ("type", "NodePort", Verdict.HOLDS),
        ("nodePort", "30080", Verdict.MISSING),
    )  # fmt: skip

    found = [(one.change, one.line, one.before, one.after) for one in drift(before, after).differences]

    assert found == [
        (Change.DRIFTED, 2, Verdict.HOLDS, Verdict.VIOLATED),
        (Change.MENDED, 3, Verdict.MISSING, Verdict.HOLDS),
        (Change.CHANGED, 4, Verdict.VIOLATED, Verdict.MISSING),
        (Change.ADDED, 1, None, Verdict.HOLDS),
        (Change.REMOVED, 4, Verdict.HOLDS, None),
    ]


def test_the_same_again_differs_in_nothing(folder: Path, renderer: Renderer) -> None:
    report = _trace(renderer)
    (folder / "before.json").write_text(json_format.write(report))

    assert drift(read_report("before.json"), report.traces) == Drift(())


PORT = ("port", "80", Verdict.HOLDS)
WRONG = ("port", "80", Verdict.VIOLATED)


def _of(chart: str, row: tuple[str, str, Verdict] = PORT) -> Trace:
    return replace(_rows(row)[0], chart=chart)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        (("charts/web",), ("./charts/web/",)),
        (("charts/web",), (str(Path.cwd() / "charts/web"),)),
        (("/elsewhere/charts/web", "/elsewhere/charts/api"), ("charts/web", "charts/api")),
        (("a/chart", "b/chart"), (str(Path.cwd() / "b/chart"), "./a/chart")),
        (("old",), ("new",)),
    ],
    ids=["dots", "absolute", "another machine", "two of one name", "renamed"],
)
def test_a_chart_is_the_same_by_another_path(before: tuple[str, ...], now: tuple[str, ...]) -> None:
    found = drift([_of(chart) for chart in before], [_of(chart, WRONG) for chart in now])

    assert [(one.change, one.chart) for one in found.differences] == [(Change.DRIFTED, c) for c in sorted(now)]
    assert found.uncompared == ()


def test_a_chart_of_only_one_report_is_compared_with_nothing() -> None:
    found = drift([_of("web"), _of("api")], [_of("web"), _of("mail"), _of("db")])

    assert found == Drift(
        (),
        (
            "api is in the earlier report, and nothing of it was traced now",
            "mail is not in the earlier report",
            "db is not in the earlier report",
        ),
    )


def test_a_chart_that_does_not_render_has_not_changed_in_all_its_rows(folder: Path, renderer: Renderer) -> None:
    (folder / "before.json").write_text(json_format.write(_trace(renderer)))
    (folder / "chart/templates/x.yaml").write_text('{{ fail "it stops" }}')

    ran = _todo_lint("trace", "chart", "--diff", "before.json")

    assert ran.returncode == 2
    assert ran.stdout.splitlines() == [
        "not compared: chart is in the earlier report, and nothing of it was traced now",
        "Nothing could be compared with the earlier report.",
        "",
        "chart: no profile renders, so policies/data-model.md was not checked",
        "failed: chart/templates/x.yaml:1: nothing of this chart is traced: the chart stops: it stops",
    ]


def test_a_chart_beside_others_that_does_not_render_fails_the_run(folder: Path, renderer: Renderer) -> None:
    shutil.copytree("chart", "other/chart")
    Path("other/chart/templates/x.yaml").write_text('{{ fail "it stops" }}')

    report = trace(Request(("chart", "other/chart"), trace=True), renderer)

    assert [one.chart for one in report.traces] == ["chart"]
    (failure,) = report.failures
    assert failure.location is not None
    assert (failure.kind, failure.location.file, failure.location.line, report.exit_code) == (
        FailureKind.INPUT, "other/chart/templates/x.yaml", 1, 2,
    )  # fmt: skip


@pytest.mark.parametrize("format_", trace_formats())
def test_what_is_not_compared_is_in_every_format(format_: str) -> None:
    report = replace(_some(), differences=(), uncompared=("web is not in the earlier report",))

    written = WRITERS[format_].write(report, colour=False)

    assert "web is not in the earlier report" in written
    assert format_ == "json" or "Nothing else has changed" in written


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("no json", "the earlier report is no JSON"),
        ("[" * 100_000, "the earlier report is no JSON"),
        ('{"version": 1}', "this is no report of todo-lint trace"),
        (json_format.write(_some()).replace('"version": 1', '"version": 2'), "this is no report of todo-lint trace"),
    ],
    ids=["text", "depth", "part", "version"],
)
def test_a_wrong_earlier_report_is_told(content: str, words: str, tmp_path: Path) -> None:
    file = tmp_path / "before.json"
    file.write_text(content)

    with pytest.raises(UserError, match=words):
        read_report(str(file))


def test_a_missing_earlier_report_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="the earlier report cannot be read: No such file or directory"):
        read_report(str(tmp_path / "none.json"))


@pytest.mark.parametrize("format_", trace_formats())
def test_failures_are_in_every_format(format_: str) -> None:
    failed = TraceReport((), failures=(Failure(FailureKind.INPUT, "it cannot be read"),))

    assert "it cannot be read" in WRITERS[format_].write(failed, colour=False)
    assert failed.exit_code == 2


def test_colours_are_for_terminals() -> None:
    assert "\x1b[31m" in text.write(_some(), colour=True)
    assert "\x1b" not in text.write(_some(), colour=False)


def test_what_a_document_gives_away_is_not_shown(folder: Path, renderer: Renderer) -> None:
    document = folder / "policies/data-model.md"
    stated = "frontend_api_url: http://me:canary-one@backend-service:8000\n  - db_password: canary-two"
    document.write_text(document.read_text().replace("frontend_api_url: http://backend-service:8000", stated))

    report = _trace(renderer)

    assert report.exit_code == 1
    assert "canary" not in repr(report)
    assert "canary" not in "".join(WRITERS[format_].write(report, colour=False) for format_ in trace_formats())


def _todo_lint(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "todo_lint", *arguments], capture_output=True, text=True, check=False
    )


def test_what_drifted_and_what_was_mended_since(folder: Path) -> None:
    values = folder / "chart/values.yaml"
    text = values.read_text()
    values.write_text(text.replace("  replicaCount: 1", "  replicaCount: 2", 1))
    before = _todo_lint("trace", "chart", "--format", "json")
    assert before.returncode == 1
    (folder / "before.json").write_text(before.stdout)
    values.write_text(text.replace("    port: 80\n", "    port: 81\n"))

    after = _todo_lint("trace", "chart", "--format", "json", "--diff", "before.json")

    assert after.returncode == 1
    changes = [
        (one["change"], one["line"], one["before"], one["after"]) for one in json.loads(after.stdout)["differences"]
    ]
    assert changes == [
        ("drifted", 38, "holds", "violated"),
        ("drifted", 76, "holds", "violated"),
        ("mended", 22, "violated", "holds"),
    ]
    shown = _todo_lint("trace", "chart", "--diff", "before.json").stdout
    assert "drifted" in shown
    assert "mended" in shown


def test_the_page_stacks_its_cells_where_there_is_no_room_and_still_filters() -> None:
    page = html.write(_some(), colour=False)

    narrow = page.index("@media (max-width: 46rem)")
    assert "table, tbody, tr, td { display: block; width: auto; }" in page[narrow:]
    assert "[hidden] { display: none !important; }" in page  # a row that is filtered out is no block either


@pytest.mark.parametrize(
    ("replicas", "service", "messages"),
    [
        (3, "LoadBalancer", ["", ""]),
        (2, "LoadBalancer", ["the values of the profile set frontend.replicaCount to 2; the document says 3", ""]),
        (
            3,
            "ClusterIP",
            [
                "",
                "the values of the profile set frontend.service.type to another text; the document says LoadBalancer",
            ],
        ),
    ],
)
def test_a_values_key_of_an_environment_is_what_its_profile_sets(
    folder: Path, renderer: Renderer, replicas: int, service: str, messages: list[str]
) -> None:
    values = {"replicaCount": replicas, "service": {"type": service}}
    secrets = {"databaseUrl": "postgresql://x@y/z", "cohereApiKey": "dummy"}
    own = folder / "chart/ci/production-values.yaml"
    own.write_text(json.dumps({"frontend": values, "secrets": secrets}))
    (folder / "policies/data-model.md").write_text(
        "## Chart.yaml\n- Name: todo-app\n\n## Environments\n\n| Setting | staging | production |\n|---|---|---|\n"
        "| frontend.replicaCount | 1 | 3 |\n| frontend.service.type | NodePort | LoadBalancer |\n"
    )

    (found,) = _trace(renderer).traces
    rows = [row for row in found.rows if row.line in (8, 9)]

    assert [cell.message for row in rows for cell in row.cells if row.reason == ""] == messages
