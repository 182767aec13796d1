"""A document becomes a data model: every line of it a statement or prose."""

from __future__ import annotations

from todo_lint.model.statements import DataModel

PLAIN = (".yaml", ".yml", ".json")
"""How the names of data models end that are plain YAML or JSON; any other document is Markdown."""


def read_text(text: str, file: str) -> DataModel:
    """Read a data model in the language that the name of its file says.

    Raises:
        UserError: for plain YAML or JSON that does not follow the schema.
    """
    if file.lower().endswith(PLAIN):
        from todo_lint.model.reading.plain import read_plain

        return read_plain(text, file)
    return read_markdown(text, file)


def read_markdown(text: str, file: str) -> DataModel:
    """Read a data model written in Markdown.

    Args:
        text: the document, decoded; a byte order mark and any line endings are accepted.
        file: how messages name the document.
    """
    # Line endings as CommonMark has them, and no others: str.splitlines would count a form feed as one.
    from todo_lint.model.reading.markdown import read_page
    from todo_lint.model.reading.text import normalised

    return read_page(normalised(text)).finish(file)
