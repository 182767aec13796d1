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
from todo_lint.model.statements import Statement
from todo_lint.terminal import one_line, printable

Accounts = tuple[Account, ...]


def show_model(document: str, format_: str, everything: bool) -> int:
    """Write what is understood of a data model, line by line.

    Args:
        document: the path of the document.
        format_: ``text``, or ``json`` as ``schemas/model.json`` describes it.
        everything: whether the text lists the lines of prose as well.

    Returns:
        0, or 2 with one line on standard error where the document cannot be read or states nothing.
    """
    try:
        # Not from the cache: it does not keep the lines of prose.
        model = read_text(read_bytes(document).decode("utf-8", errors="replace"), document)
    except UserError as error:
        return _wrong(error)
    accounts = account_for(model)
    write_output(_json(document, accounts) if format_ == "json" else _text(document, accounts, everything))
    return 0 if model.statements else _wrong(UserError(NOTHING, file=document))


def _wrong(error: UserError) -> int:
    print(f"todo-lint: {one_line(str(error))}", file=sys.stderr)
    return EXIT_WRONG_INPUT


def _text(document: str, accounts: Accounts, everything: bool) -> str:
    lines = []
    for account in accounts:
        place = f"{printable(document)}:{account.line}"
        if account.fate is Fate.NOT_UNDERSTOOD:
            lines.append(f"{place}: not understood: {one_line(account.text)}")
            lines += [f"    hint: {printable(account.reason)}"] if account.reason else []
        elif account.fate is not Fate.PROSE:
            fate = "later: " if account.fate is Fate.LATER else ""
            lines += [f"{place}: {fate}{one_line(in_words(statement))}" for statement in account.statements]
        elif everything:
            lines.append(f"{place}: prose ({printable(account.reason)}): {one_line(account.text)}")
    return "\n".join([*lines, _sum(accounts), ""])


def _sum(accounts: Accounts) -> str:
    count = {fate: sum(account.fate is fate for account in accounts) for fate in Fate}
    statements = sum(s.understood for account in accounts for s in account.statements)
    return (
        f"{len(accounts)} lines: {count[Fate.STATEMENT]} state something today, {count[Fate.LATER]} later, "
        f"{count[Fate.PROSE]} are headings and prose, {count[Fate.NOT_UNDERSTOOD]} are not understood; "
        f"{statements} statements"
    )


def _json(document: str, accounts: Accounts) -> str:
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
    return json.dumps({"version": 1, "document": document, "lines": lines}, indent=2, ensure_ascii=False) + "\n"


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
