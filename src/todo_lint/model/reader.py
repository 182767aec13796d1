"""A document becomes a data model: every line of it a statement or prose."""

from __future__ import annotations

from todo_lint.model.bullets import read_bullets
from todo_lint.model.outline import outline
from todo_lint.model.statements import DataModel, Prose, Statement
from todo_lint.records import replace


def read_markdown(text: str, file: str) -> DataModel:
    """Read a data model written in Markdown.

    Args:
        text: the document, decoded; a byte order mark and any line endings are accepted.
        file: how messages name the document.
    """
    # Line endings as CommonMark has them, and no others: str.splitlines would count a form feed as one.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    read = list(read_bullets(outline(text)))
    lines = text.split("\n")
    statements = tuple(_placed(line, lines) for line in read if isinstance(line, Statement))
    stated = {statement.line for statement in statements}
    # "- - x" is two items on one line: where one of them states something, the line is no prose.
    prose = {line.line: line for line in read if isinstance(line, Prose) and line.line not in stated}
    for number, line in enumerate(lines, start=1):
        if line.strip() and number not in stated and number not in prose:
            prose[number] = Prose(number, line.strip(), "mark-up")
    return DataModel(file, statements, tuple(prose[number] for number in sorted(prose)))


def _placed(statement: Statement, lines: list[str]) -> Statement:
    """The statement with the column on which its line's text begins."""
    line = lines[statement.line - 1]
    return replace(statement, column=len(line) - len(line.lstrip()) + 1)
