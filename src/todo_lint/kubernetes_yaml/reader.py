"""Text in, documents out: YAML and JSON exactly as Kubernetes and Helm read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from todo_lint.kubernetes_yaml.decoding import decode
from todo_lint.kubernetes_yaml.document import YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.place import Place
from todo_lint.kubernetes_yaml.split import ended, split_rendered, split_stream
from todo_lint.kubernetes_yaml.written import Written

if TYPE_CHECKING:
    from todo_lint.kubernetes_yaml.composer import EventSource

__all__ = ["decode", "expect_much_text", "read_document", "read_stream", "split_rendered"]

_BOM = "\ufeff"


def read_document(text: str, *, first_line: int = 1) -> YamlDocument | YamlProblem:
    """Read the first YAML document of a text as sigs.k8s.io/yaml does; what follows it is not looked at.

    This is how Helm reads Chart.yaml, and each document of a rendered template. ``first_line`` is the number of the
    text's first line in the file that spans shall count in. An empty text has the value None.
    """
    body = text.removeprefix(_BOM)
    return _read(body, first_line, 1 + len(text) - len(body))


def read_stream(text: str, *, first_line: int = 1) -> tuple[YamlDocument | YamlProblem, ...]:
    """Read all documents of a manifest file as kubectl does: YAML, JSON, or several JSON values.

    Text that starts with ``{`` is tried as JSON first; what follows the first JSON value may be YAML. A document
    of nothing but space and comments has the value None. A broken document is a problem, and those after it are
    read all the same.
    """
    body = text.removeprefix(_BOM)
    column = 1 + len(text) - len(body)
    if body.lstrip().startswith("{"):
        from todo_lint.kubernetes_yaml.json_text import read_json_or_yaml

        return tuple(read_json_or_yaml(Place(body, 0, first_line, column), _yaml))
    if "---" in body or not body:
        return tuple(_yaml(Place(body, 0, first_line, column)))
    return (_read(ended(body), first_line, column),)  # one document, as in most files


def _yaml(place: Place) -> Iterator[YamlDocument | YamlProblem]:
    """Read the rest of a text as YAML documents."""
    column = place.column
    text = place.text[place.index :] if place.index else place.text
    for chunk in split_stream(text, place.line):
        if chunk.problem:
            yield YamlProblem(chunk.problem, chunk.line, 1)
        else:
            yield _read(chunk.text, chunk.line, column)
        column = 1


def _read(text: str, line: int, column: int) -> YamlDocument | YamlProblem:
    """Read the first YAML document of a text that starts at a line and column."""
    if _quick.is_worth_trying(text):
        from todo_lint.kubernetes_yaml.plain import NOT_PLAIN, read_plain

        value = read_plain(text)
        _quick.note(value is not NOT_PLAIN)
        if value is not NOT_PLAIN:
            return YamlDocument(value, line, (), Written(text, line, column, _events))
    from todo_lint.kubernetes_yaml.yaml_text import read_yaml  # a folder of plain manifests needs no libyaml

    return read_yaml(text, line, column)


def _events(text: str) -> EventSource:
    from todo_lint.kubernetes_yaml.yaml_text import yaml_events

    return yaml_events(text)


class _Quick:
    """Decides whether to try the quick way first: after some text, for it needs to get going, and while it works.

    The answer changes nothing but the time that reading takes.
    """

    __slots__ = ("_failed", "_read", "_worked")

    def __init__(self) -> None:
        self._read = 0
        self._failed = 0
        self._worked = 0

    def expect_much(self) -> None:
        """Try the quick way from the first text on."""
        self._read = QUICK_AFTER

    def is_worth_trying(self, text: str) -> bool:
        """Say whether to try the quick way with a text."""
        if self._read < QUICK_AFTER:
            self._read += len(text)
            return False
        return self._failed < _FEW_FAILURES or self._failed < 2 * self._worked

    def note(self, worked: bool) -> None:
        """Learn whether it was the right thing to do."""
        if worked:
            self._worked += 1
        else:
            self._failed += 1


def expect_much_text() -> None:
    """Prepare for thousands of documents. What is read stays the same."""
    _quick.expect_much()


QUICK_AFTER = 64_000
"""Characters. One chart is read before the quick way would have paid for its start."""
_FEW_FAILURES = 50
_quick = _Quick()
