"""Text in, documents out: YAML and JSON exactly as Kubernetes and Helm read them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from todo_lint.kubernetes_yaml.composer import Composer, EventSource, RejectedError
from todo_lint.kubernetes_yaml.decoding import decode
from todo_lint.kubernetes_yaml.document import DuplicateKey, SpanIndex, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.json_stream import JsonEvents, JsonValue, NotJsonError, skip_space
from todo_lint.kubernetes_yaml.problems import EscapeCheck, from_yaml_error, refuse_inner_mark, unprintable
from todo_lint.kubernetes_yaml.pyyaml import Parser, YAMLError
from todo_lint.kubernetes_yaml.spans import LineTable, Located, locate
from todo_lint.kubernetes_yaml.split import split_rendered, split_stream
from todo_lint.records import dataclass

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
    place = _Place(body, 0, first_line, 1 + len(text) - len(body))
    if body.lstrip().startswith("{"):
        return tuple(_json_or_yaml(place))
    return tuple(_yaml(place))


@dataclass(slots=True)
class _Place:
    """How far a text has been read; line and column are those of the character at ``index``."""

    text: str
    index: int
    line: int
    column: int

    def advance(self, index: int) -> str:
        """Move on to an index and give the text between."""
        passed = self.text[self.index : index]
        breaks = passed.count("\n")
        self.line += breaks
        self.column = len(passed) - passed.rfind("\n") if breaks else self.column + len(passed)
        self.index = index
        return passed


def _yaml(place: _Place) -> Iterator[YamlDocument | YamlProblem]:
    """Read the rest of a text as YAML documents."""
    column = place.column
    text = place.text[place.index :] if place.index else place.text
    for chunk in split_stream(text, place.line):
        if chunk.problem:
            yield YamlProblem(chunk.problem, chunk.line, 1)
        else:
            yield _read(chunk.text, chunk.line, column)
        column = 1


def _json_or_yaml(place: _Place) -> Iterator[YamlDocument | YamlProblem]:
    """Read as ``YAMLOrJSONDecoder`` of k8s.io/apimachinery does: more than one JSON value settles that it is JSON."""
    count = 0
    while True:
        resume = place.index
        place.advance(skip_space(place.text, resume))
        if place.index == len(place.text):
            return
        try:
            found = JsonValue(place.text, place.index)
        except NotJsonError as error:
            failure = error
            break
        count += 1
        line, column = place.line, place.column
        yield _json_document(found, place.advance(found.end), line, column)
    looks_like_json = place.text.startswith('"', skip_space(place.text, place.index + 1))
    problem = _json_problem(failure, place)
    if count > 1:
        yield problem
        return
    documents = _yaml(_back_on_line(place, resume))
    for number, document in enumerate(documents):
        yield problem if number == 0 and looks_like_json and isinstance(document, YamlProblem) else document


def _back_on_line(place: _Place, resume: int) -> _Place:
    """The place where YAML starts: kubectl only skips space up to the end of the line where JSON ended."""
    newline = place.text.find("\n", resume, place.index)
    start = place.index if newline < 0 else newline + 1
    line = place.line - place.text.count("\n", start, place.index)
    return _Place(place.text, start, line, place.column if newline < 0 else 1)


def _json_problem(failure: NotJsonError, place: _Place) -> YamlProblem:
    spot = _Place(place.text, place.index, place.line, place.column)
    spot.advance(max(failure.index, place.index))
    return YamlProblem(failure.message, spot.line, spot.column)


def _json_document(found: JsonValue, text: str, line: int, column: int) -> YamlDocument:
    spans = _Spans(text, LineTable(text, line, column), JsonEvents)
    return YamlDocument(found.value, line, spans.duplicates() if found.has_duplicates else (), spans)


def _read(text: str, line: int, column: int) -> YamlDocument | YamlProblem:
    """Read the first YAML document of a text that starts at a line and column."""
    if _quick.is_worth_trying(text):
        from todo_lint.kubernetes_yaml.plain import NOT_PLAIN, read_plain

        value = read_plain(text)
        _quick.note(value is not NOT_PLAIN)
        if value is not NOT_PLAIN:
            return YamlDocument(value, line, (), _Spans(text, LineTable(text, line, column), _events))
    try:
        composer = Composer(_events(text))
        value = composer.compose()
    except YAMLError as error:
        return _problem(from_yaml_error(error, text), text, line, column)
    except RejectedError as error:
        return _problem(error, text, line, column)
    spans = _Spans(text, LineTable(text, line, column), _events)
    return YamlDocument(value, line, spans.duplicates() if composer.found_duplicates else (), spans)


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


def _problem(error: RejectedError, text: str, line: int, column: int) -> YamlProblem:
    """The problem at its place; what is missing at the end is told where the text ends, not on a line below it."""
    index = min(error.index, len(text.rstrip()))
    return YamlProblem(error.message, *LineTable(text, line, column).place(index))


def _events(text: str) -> EventSource:
    """The events of a text.

    Raises:
        RejectedError: for half a surrogate pair, which UTF-8 cannot express, and for a byte order mark inside.
    """
    if _BOM in text:
        refuse_inner_mark(text)
    try:
        parser: EventSource = Parser(text)
    except UnicodeEncodeError as error:
        raise unprintable(text) or RejectedError("this is no text", error.start) from None
    return EscapeCheck(parser, text) if "\\/" in text else parser


class _Spans:
    """Works out the places in a document when they are first asked for, and remembers them."""

    __slots__ = ("_lines", "_located", "_source", "_text")

    def __init__(self, text: str, lines: LineTable, source: Callable[[str], EventSource]) -> None:
        self._text = text
        self._lines = lines
        self._source = source
        self._located: Located | None = None

    def __call__(self) -> SpanIndex:
        return self._get().index

    def duplicates(self) -> tuple[DuplicateKey, ...]:
        """Give the keys that stand twice, with their places."""
        return self._get().duplicates

    def _get(self) -> Located:
        if self._located is None:
            self._located = locate(self._source(self._text), self._text, self._lines)
        return self._located
