"""The two reports: what a person reads, and what a program reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from todo_lint import cli
from todo_lint.findings import (
    Failure,
    FailureKind,
    Finding,
    Layer,
    Location,
    Related,
    Report,
    ResourceRef,
    Severity,
    Skip,
    StatementRef,
    Summary,
    Verdict,
)
from todo_lint.records import replace
from todo_lint.report.json import fingerprint
from todo_lint.report.json import write as write_json
from todo_lint.report.text import write as write_text
from todo_lint.terminal import printable

SCHEMA: dict[str, Any] = json.loads((Path(__file__).parents[2] / "schemas/report.json").read_text())
PLACE = Location("chart/templates/x.yaml", 7, 9, Layer.TEMPLATE)
FINDING = Finding(
    rule="documented-port-differs",
    severity=Severity.ERROR,
    message="Service/web listens on port 81; the document says 80",
    location=PLACE,
    hint="set the stated port",
    resource=ResourceRef("v1", "Service", "web"),
    path="spec.ports[0].port",
    related=(Related("the line as rendered", Location("chart/templates/x.yaml", 9, 9, Layer.RENDERED)),),
    statements=(StatementRef("data-model.md", 4, "- Port: 80", Verdict.VIOLATED),),
    profiles=("default",),
    excerpt="\t    port: 81",
)
REPORT = Report(
    findings=(FINDING,),
    statements={Verdict.HOLDS: 3, Verdict.VIOLATED: 1},
    summary=Summary(
        charts=1, profiles=1, documents=2, resources=2, checked=1, skipped=(Skip("Lamp/x", "no schema"),)
    ),
    failures=(Failure(FailureKind.INPUT, "it cannot be read", Location("y.yaml", 1, None, Layer.MANIFEST)),),
)


def test_text_shows_the_line_with_a_caret_below_the_column() -> None:
    lines = write_text(REPORT).splitlines()

    assert lines[0] == "error[documented-port-differs]: Service/web listens on port 81; the document says 80"
    assert lines[1] == "  --> chart/templates/x.yaml:7:9  spec.ports[0].port"
    shown = next(n for n, line in enumerate(lines) if line.startswith("   7 | "))
    assert lines[shown].index("t: 81") == lines[shown + 1].index("^")
    assert "  document: data-model.md:4: - Port: 80 (violated)" in lines
    assert "failed: y.yaml:1: it cannot be read" in lines
    assert "4 statements of the data model: 3 hold, 1 violated" in lines
    assert "  skipped Lamp/x: no schema" in lines
    assert lines[-1] == "1 error, 0 warnings, 0 notes"


def test_colour_only_where_it_is_asked_for() -> None:
    assert "\x1b[" not in write_text(REPORT)
    assert "\x1b[1;31merror[documented-port-differs]\x1b[0m" in write_text(REPORT, colour=True)


def test_no_character_of_a_chart_steers_the_terminal() -> None:
    nasty = "a\x1b[31mb\u202ec\x07d\x9be"
    report = replace(REPORT, findings=(replace(FINDING, message=nasty, hint=nasty, excerpt=nasty),))

    text = write_text(report)

    assert printable(nasty) == "a\\x1b[31mb\\u202ec\\x07d\\x9be"
    assert all(char == "\n" or char.isprintable() for char in text)


def test_json_fits_its_schema_and_is_ascii() -> None:
    text = write_json(REPORT)

    report = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert text.isascii()
    assert report["statements"]["total"] == 4
    assert report["exit"] == 2
    assert report["findings"][0]["location"] == {
        "file": "chart/templates/x.yaml", "line": 7, "column": 9, "layer": "template",
    }  # fmt: skip


def test_the_docs_of_a_finding_can_be_opened_where_todo_lint_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    (first, *_) = json.loads(write_json(REPORT))["findings"]
    program, *arguments = first["docs"].split()
    assert program == "todo-lint"
    assert cli.run(arguments) == 0
    assert first["rule"] in capsys.readouterr().out


def test_the_schema_refuses_what_is_no_report() -> None:
    report = json.loads(write_json(REPORT))
    report["findings"][0]["severity"] = "fatal"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(report)


def test_a_fingerprint_survives_moved_lines_and_tells_fields_apart() -> None:
    moved = replace(FINDING, location=replace(PLACE, line=99), message="other words")

    assert fingerprint(moved) == fingerprint(FINDING)
    assert fingerprint(replace(FINDING, path="spec.ports[1].port")) != fingerprint(FINDING)


@pytest.mark.parametrize(
    ("kinds", "severity", "fail_on", "code"),
    [
        ((), None, Severity.WARNING, 0),
        ((), Severity.NOTE, Severity.WARNING, 0),
        ((), Severity.NOTE, Severity.NOTE, 1),
        ((), Severity.WARNING, Severity.WARNING, 1),
        ((), Severity.WARNING, Severity.ERROR, 0),
        ((FailureKind.INPUT,), Severity.ERROR, Severity.WARNING, 2),
        ((FailureKind.INPUT, FailureKind.INTERNAL), Severity.ERROR, Severity.WARNING, 3),
    ],
)
def test_exit_codes(kinds: tuple[FailureKind, ...], severity: Severity | None, fail_on: Severity, code: int) -> None:
    findings = (replace(FINDING, severity=severity),) if severity else ()
    failures = tuple(Failure(kind, "x") for kind in kinds)

    assert Report(findings=findings, failures=failures, fail_on=fail_on).exit_code == code
