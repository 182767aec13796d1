"""The fate of every line of a document: what was understood, what was not, what is prose and why."""

from __future__ import annotations

import enum

from todo_lint.model.secrecy import HIDDEN, masked, names_secret, redacted
from todo_lint.model.statements import DataModel, Statement
from todo_lint.records import dataclass, replace


class Fate(enum.StrEnum):
    """What became of a line."""

    STATEMENT = "statement"
    LATER = "later"
    PROSE = "prose"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Account:
    """What became of one line: its statements (one that was not understood has a hint), or the reason of prose."""

    line: int
    text: str
    fate: Fate
    reason: str
    statements: tuple[Statement, ...]


def account_for(model: DataModel) -> tuple[Account, ...]:
    """Account for all lines of a document that are not blank, in their order."""
    by_line: dict[int, list[Statement]] = {}
    for statement in map(without_secrets, model.statements):
        by_line.setdefault(statement.line, []).append(statement)
    accounts = [_stated(line, tuple(statements)) for line, statements in by_line.items()]
    accounts += [Account(prose.line, prose.text, Fate.PROSE, prose.reason, ()) for prose in model.prose]
    return tuple(sorted(accounts, key=lambda account: account.line))


def _stated(line: int, statements: tuple[Statement, ...]) -> Account:
    unclear = next((s for s in statements if not s.understood), None)
    if unclear is not None:
        return Account(line, unclear.text, Fate.NOT_UNDERSTOOD, unclear.hint, statements)
    later = all(s.later for s in statements)
    return Account(line, statements[0].text, Fate.LATER if later else Fate.STATEMENT, "", statements)


def without_secrets(statement: Statement) -> Statement:
    """The statement without what by its key is a secret, and without passwords in addresses."""
    if not statement.value:
        return statement
    if names_secret(statement.kind, statement.attribute):
        return replace(statement, value=HIDDEN, alternatives=(), text=masked(statement.text))
    shown = redacted(statement.value)
    return statement if shown == statement.value else replace(statement, value=shown, alternatives=())


def in_words(statement: Statement) -> str:
    """A statement as a line of text: ``Service web: port 80``."""
    value = statement.value
    if statement.alternatives:
        value = " or ".join(statement.alternatives)
    said = f"{statement.attribute} {value}".strip()
    remarks = [statement.modality.value] if statement.modality.value != "required" else []
    remarks += [f"in {statement.environment}"] if statement.environment else []
    remarks += [f"of {statement.part}"] if statement.part else []
    about = f" ({', '.join(remarks)})" if remarks else ""
    return f"{statement.subject}: {said}{about}"
