"""A text that starts like JSON: read as JSON as far as it is, and as YAML behind that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from todo_lint.kubernetes_yaml.document import YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.json_stream import JsonEvents, JsonValue, NotJsonError, skip_space
from todo_lint.kubernetes_yaml.place import Place
from todo_lint.kubernetes_yaml.written import Written

Read = YamlDocument | YamlProblem


def read_json_or_yaml(place: Place, read_yaml: Callable[[Place], Iterable[Read]]) -> Iterator[Read]:
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
    documents = read_yaml(_back_on_line(place, resume))
    for number, document in enumerate(documents):
        yield problem if number == 0 and looks_like_json and isinstance(document, YamlProblem) else document


def _back_on_line(place: Place, resume: int) -> Place:
    """The place where YAML starts: kubectl only skips space up to the end of the line where JSON ended."""
    newline = place.text.find("\n", resume, place.index)
    start = place.index if newline < 0 else newline + 1
    line = place.line - place.text.count("\n", start, place.index)
    return Place(place.text, start, line, place.column if newline < 0 else 1)


def _json_problem(failure: NotJsonError, place: Place) -> YamlProblem:
    spot = Place(place.text, place.index, place.line, place.column)
    spot.advance(max(failure.index, place.index))
    return YamlProblem(failure.message, spot.line, spot.column)


def _json_document(found: JsonValue, text: str, line: int, column: int) -> YamlDocument:
    written = Written(text, line, column, JsonEvents)
    return YamlDocument(found.value, line, written.duplicates() if found.has_duplicates else (), written)
