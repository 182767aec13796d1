"""The options ``--fix`` and ``--diff`` of the command ``check``: fixes that hold are made, or shown."""

from __future__ import annotations

import sys

from todo_lint.check import write_output, write_report
from todo_lint.findings import Finding, Report
from todo_lint.fixing.mend import Mended, Texts, mend
from todo_lint.records import replace
from todo_lint.stages.request import Request
from todo_lint.terminal import printable


def fix(request: Request, format_: str) -> int:
    """Make the fixes that hold, write the report on what is left, and return its exit code.

    Fixed findings are named in the summary.

    Raises:
        UserError: when a file cannot be read or written; what was fixed by then stays fixed.
        ToolError: when the report cannot be written.
    """
    from todo_lint.fixing.replace_file import replace_file

    mended = _mended(request)
    for change in mended.changes:
        replace_file(change.file, change.old, change.new)
    remarks = (*(_remark(finding) for finding in mended.fixed), *mended.report.summary.remarks)
    report = replace(mended.report, summary=replace(mended.report.summary, remarks=remarks))
    write_report(report, format_)
    return report.exit_code


def diff(request: Request) -> int:
    """Show the fixes that hold as a unified diff, write nothing, and return the exit code of the check as it is.

    Raises:
        UserError: when a file to fix cannot be read.
        ToolError: when the diff cannot be written.
    """
    from todo_lint.fixing.diff import unified_diff
    from todo_lint.stages.secrets import cleaner

    mended = _mended(request)
    clean = cleaner(mended.before.secrets)
    texts = (unified_diff(change.file, change.old, change.new) for change in mended.changes)
    write_output("".join(_shown(clean(text)) for text in texts))
    left = len(mended.report.findings)
    fixed = f"{len(mended.fixed)} finding{'' if len(mended.fixed) == 1 else 's'}"
    print(f"todo-lint: {fixed} would be fixed, {left} would be left", file=sys.stderr)
    return mended.before.exit_code


def _mended(request: Request) -> Mended:
    """Try all fixes with one renderer."""
    from todo_lint.helm.render import Renderer
    from todo_lint.pipeline import run as run_pipeline

    with Renderer() as renderer:

        def check(texts: Texts) -> Report:
            return run_pipeline(replace(request, texts=texts), renderer)

        return mend(check)


def _remark(finding: Finding) -> str:
    assert finding.fix is not None  # noqa: S101 - only such findings are fixed
    places = ", ".join(f"{finding.fix.file}:{edit.line}:{edit.column}" for edit in finding.fix.edits)
    return f"fixed at {places}: {finding.rule}: {finding.message}"


def _shown(text: str) -> str:
    """A diff as a terminal may get it: line ends and tabs stay, other control characters do not."""
    return "\n".join(map(_shown_line, text.split("\n")))


def _shown_line(line: str) -> str:
    end = "\r" if line.endswith("\r") else ""
    return "\t".join(map(printable, line.removesuffix("\r").split("\t"))) + end
