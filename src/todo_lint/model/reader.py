"""A document becomes a data model: every line of it a statement or prose."""

from __future__ import annotations

from todo_lint.model.reading.markdown import read_page
from todo_lint.model.reading.text import normalised
from todo_lint.model.statements import DataModel


def read_markdown(text: str, file: str) -> DataModel:
    """Read a data model written in Markdown.

    Args:
        text: the document, decoded; a byte order mark and any line endings are accepted.
        file: how messages name the document.
    """
    # Line endings as CommonMark has them, and no others: str.splitlines would count a form feed as one.
    return read_page(normalised(text)).finish(file)
