"""The text of one YAML document, read with libyaml: what it holds, or what is wrong with it."""

from __future__ import annotations

from todo_lint.kubernetes_yaml.composer import Composer, EventSource, RejectedError
from todo_lint.kubernetes_yaml.document import YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.problems import EscapeCheck, from_yaml_error, refuse_inner_mark, unprintable
from todo_lint.kubernetes_yaml.pyyaml import Parser, YAMLError
from todo_lint.kubernetes_yaml.spans import LineTable
from todo_lint.kubernetes_yaml.written import Written

BOM = "\ufeff"


def read_yaml(text: str, line: int, column: int) -> YamlDocument | YamlProblem:
    """Read the first YAML document of a text that starts at a line and column."""
    try:
        composer = Composer(yaml_events(text))
        value = composer.compose()
    except YAMLError as error:
        return _problem(from_yaml_error(error, text), text, line, column)
    except RejectedError as error:
        return _problem(error, text, line, column)
    written = Written(text, line, column, yaml_events)
    return YamlDocument(value, line, written.duplicates() if composer.found_duplicates else (), written)


def _problem(error: RejectedError, text: str, line: int, column: int) -> YamlProblem:
    """The problem at its place; what is missing at the end is told where the text ends, not on a line below it."""
    index = min(error.index, len(text.rstrip()))
    return YamlProblem(error.message, *LineTable(text, line, column).place(index))


def yaml_events(text: str) -> EventSource:
    """The events of a text.

    Raises:
        RejectedError: for half a surrogate pair, which UTF-8 cannot express, and for a byte order mark inside.
    """
    if BOM in text:
        refuse_inner_mark(text)
    try:
        parser: EventSource = Parser(text)
    except UnicodeEncodeError as error:
        raise unprintable(text) or RejectedError("this is no text", error.start) from None
    return EscapeCheck(parser, text) if "\\/" in text else parser
