"""The command ``model``: a document in, what is understood of it written, the exit code out."""

from __future__ import annotations

import json
import sys
from typing import Any

from todo_lint.check import EXIT_WRONG_INPUT, write_output
from todo_lint.errors import UserError
from todo_lint.model.account import Account, Fate, account_for, in_words
from todo_lint.model.discovery import NOTHING, read_bytes
from todo_lint.model.reader import read_text
from todo_lint.model.statements import DataModel, Statement
from todo_lint.terminal import one_line, printable

Accounts = tuple[Account, ...]
EXIT_NOT_UNDERSTOOD = 1
"""A line that is not understood is a warning where a chart is checked; alone, it fails as well."""


def show_model(document: str, format_: str, everything: bool) -> int:
    """Write what is understood of a data model, line by line.

    Args:
        document: the path of the document.
        format_: ``text``, or ``json`` as ``schemas/model.json`` describes it.
        everything: whether the text lists the lines of prose as well.

    Returns:
        0; 1 where lines are not understood; 2 with one line on standard error where the document cannot be read
        or states nothing.
    """
    try:
        # Not from the cache: it does not keep the lines of prose.
        model = read_text(read_bytes(document).decode("utf-8", errors="replace"), document)
    except UserError as error:
        return _wrong(error)
    accounts = account_for(model)
    write_output(_json(model, accounts) if format_ == "json" else _text(model, accounts, everything))
    if not model.statements:
        return _wrong(UserError(NOTHING, file=document))
    return EXIT_NOT_UNDERSTOOD if any(not s.understood for s in model.statements) else 0


def _wrong(error: UserError) -> int:
    print(f"todo-lint: {one_line(str(error))}", file=sys.stderr)
    return EXIT_WRONG_INPUT


def _text(model: DataModel, accounts: Accounts, everything: bool) -> str:
    lines = []
    for account in accounts:
        place = f"{printable(model.file)}:{account.line}"
        if account.fate is Fate.NOT_UNDERSTOOD:
            lines.append(f"{place}: not understood: {one_line(account.text)}")
            lines += [f"    hint: {printable(account.reason)}"] if account.reason else []
        if account.fate is not Fate.PROSE:
            fate = "later: " if account.fate is Fate.LATER else ""
            lines += [f"{place}: {fate}{one_line(in_words(s))}" for s in account.statements if s.understood]
        elif everything:
            lines.append(f"{place}: prose ({printable(account.reason)}): {one_line(account.text)}")
    later = sum(s.later for s in model.statements if s.understood)
    told = f"; {later} of the statements {'is' if later == 1 else 'are'} later" if later else ""
    return "\n".join([*lines, f"{printable(model.file)}: {model.in_words}{told}", ""])


def _json(model: DataModel, accounts: Accounts) -> str:
    lines = [
        {
            "line": account.line,
            "fate": account.fate.value,
            "reason": account.reason,
            "text": account.text,
            "statements": [_statement(s) for s in account.statements if s.understood],
        }
        for account in accounts
    ]
    understood = [s for s in model.statements if s.understood]
    summary = {
        "lines": model.lines,
        "prose": len(model.prose),
        "not_understood": sum(account.fate is Fate.NOT_UNDERSTOOD for account in accounts),
        "statements": len(understood),
        "later": sum(s.later for s in understood),
    }
    report = {"version": 1, "document": model.file, "lines": lines, "summary": summary}
    return json.dumps(report, indent=2, ensure_ascii=False) + "\n"


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "kind": str(statement.kind),
        "name": statement.name,
        "attribute": str(statement.attribute),
        "value": statement.value,
        "modality": statement.modality.value,
        "alternatives": list(statement.alternatives),
        "bounds": list(statement.bounds),
        "environment": statement.environment,
        "part": statement.part,
        "section": statement.section,
        "column": statement.column,
    }
