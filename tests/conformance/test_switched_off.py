"""What the document states of a part that it says is switched off: held against the chart with the switch on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from todo_lint.findings import Report, Verdict
from todo_lint.helm.render import Renderer
from todo_lint.pipeline import run
from todo_lint.stages.request import Request

VALUES = "cache:\n  enabled: false\n  port: 6379\ndebug: false\n"
CACHE = (
    "{{- if .Values.cache.enabled }}\napiVersion: v1\nkind: Service\nmetadata: {name: cache}\n"
    "spec:\n  selector: {app: cache}\n  ports:\n    - port: {{ .Values.cache.port }}\n{{- end }}\n"
)
CONFIG = (
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shop}\ndata:\n  greeting: hello\n"
    '  {{- if .Values.cache.enabled }}\n  cache_host: cache\n  {{- end }}\n  {{- if .Values.debug }}\n  trace: "1"\n'
    "  {{- end }}\n"
)
SWITCH = "## values.yaml\n- cache.enabled: false\n"
Check = Callable[[str], Report]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renderer: Renderer) -> Check:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chart/templates").mkdir(parents=True)
    (tmp_path / "chart/Chart.yaml").write_text("apiVersion: v2\nname: shop\nversion: 0.1.0\n")
    (tmp_path / "chart/values.yaml").write_text(VALUES)
    (tmp_path / "chart/templates/cache.yaml").write_text(CACHE)
    (tmp_path / "chart/templates/config.yaml").write_text(CONFIG)

    def hold(document: str) -> Report:
        (tmp_path / "data-model.md").write_text(document)
        report = run(Request(("chart",), data_model="data-model.md"), renderer)
        assert report.failures == ()
        return report

    return hold


def _told(report: Report) -> list[tuple[str, str, str, int | None, int | None]]:
    found = [finding for finding in report.findings if finding.rule.startswith("documented-")]
    return [(f.rule, f.message, f.location.file, f.location.line, f.location.column) for f in found]


def test_what_a_switch_adds_that_the_document_has_off_is_said_once_and_no_error(check: Check) -> None:
    report = check(
        SWITCH + "## Services\n- **cache**\n  - Port: 6379\n## ConfigMaps\n- **shop**\n  - cache_host: cache\n"
    )

    assert _told(report) == []
    assert report.statements[Verdict.NOT_CHECKABLE] == 3
    assert [remark for remark in report.summary.remarks if "is there only" in remark] == [
        "Service cache is there only with cache.enabled, which is false as line 2 says",
        "cache_host of the ConfigMap shop is there only with cache.enabled, which is false as line 2 says",
    ]


def test_without_a_word_of_the_switch_in_the_document_the_part_is_missing(check: Check) -> None:
    assert _told(check("## Services\n- **cache**\n  - Port: 6379\n")) == [
        ("documented-entity-missing", "the chart renders no Service cache", "data-model.md", 2, 1)
    ]


def test_where_the_document_has_the_switch_on_it_is_the_switch_that_is_wrong(check: Check) -> None:
    told = _told(check("## values.yaml\n- cache.enabled: true\n## Services\n- **cache**\n  - Port: 6379\n"))

    assert [(rule, file, line) for rule, _, file, line, _ in told] == [
        ("documented-values-key-differs", "chart/values.yaml", 2)
    ]


def test_a_part_that_is_off_and_differs_once_it_is_on_stays_wrong(check: Check) -> None:
    told = _told(check(SWITCH + "## Services\n- **cache**\n  - Port: 6380\n"))

    assert told == [
        (
            "documented-port-differs",
            "with cache.enabled, Service/cache listens on port 6379; the document says 6380",
            "data-model.md",
            5,
            3,
        )
    ]


def test_a_key_of_the_values_that_is_no_switch_of_a_part_excuses_nothing(check: Check) -> None:
    told = _told(check('## values.yaml\n- debug: false\n## ConfigMaps\n- **shop**\n  - trace: "1"\n'))

    assert [(rule, line) for rule, _, _, line, _ in told] == [("documented-key-missing", 4)]
