"""A document becomes a data model: every line of it a statement or prose."""

from __future__ import annotations

from todo_lint.errors import UserError
from todo_lint.model.statements import DataModel

PLAIN = (".yaml", ".yml", ".json")
"""How the names of data models end that are plain YAML or JSON; any other document is Markdown."""
MOST_LINES = 20_000


def read_text(text: str, file: str) -> DataModel:
    """Read a data model in the language that the name of its file says.

    Raises:
        UserError: for plain YAML or JSON that does not follow the schema, and for a document of too many lines.
    """
    count = text.count("\n") + 1
    if count > MOST_LINES:
        many = f"the data model has {count:,} lines, and at most {MOST_LINES:,} are read"
        raise UserError(f"{many}: name a document that is about this deployment alone", file=file)
    if file.lower().endswith(PLAIN):
        from todo_lint.model.reading.plain import read_plain

        return read_plain(text, file)
    return read_markdown(text, file)


def read_markdown(text: str, file: str) -> DataModel:
    """Read a data model written in Markdown.

    Args:
        text: the document, decoded; a byte order mark and any line endings are accepted.
        file: how messages name the document.

    Raises:
        UserError: for a document of more statements than anybody writes, such as many sentences about each of
            many workloads.
    """
    # Line endings as CommonMark has them, and no others: str.splitlines would count a form feed as one.
    from todo_lint.model.reading.markdown import read_page
    from todo_lint.model.reading.page import MOST_STATEMENTS, TooManyStatementsError
    from todo_lint.model.reading.text import normalised

    try:
        return read_page(normalised(text)).finish(file)
    except TooManyStatementsError:
        many = f"the data model makes more than {MOST_STATEMENTS:,} statements"
        raise UserError(f"{many}: name a document that is about this deployment alone", file=file) from None
