"""What is wrong with a text that is no YAML, in words that say what to do and repeat nothing of the text."""

from __future__ import annotations

import re
from typing import Any

from todo_lint.kubernetes_yaml.composer import TOO_DEEP, EventSource, RejectedError
from todo_lint.kubernetes_yaml.pyyaml import ScalarEvent
from todo_lint.patterns import pattern

_UNPRINTABLE = pattern(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # what YAML allows, negated
)

_TAB = "found a tab where indentation is expected; YAML allows only spaces there"

# What libyaml says, and what it means to someone who wrote the text.
_WORDS = {
    "mapping values are not allowed in this context": (
        "a colon stands where no key can be: the line is indented wrongly, or its value needs quotes"
    ),
    "mapping values are not allowed here": (
        "a colon stands where no key can be: the line is indented wrongly, or its value needs quotes"
    ),
    "did not find expected key": (
        "no key where one is expected: the indentation does not match the lines above, or a quote ends too early"
    ),
    "did not find expected '-' indicator": "no list item (- ...) where one is expected; check the indentation",
    "could not find expected ':'": "this line is no `key: value`: the colon, or a space after it, is missing",
    "found unexpected end of stream": "a quoted text that starts here is not closed",
    "found unexpected document indicator": "a quoted text that starts here is not closed before the document ends",
    "did not find expected ',' or ']'": "a list in [ ] is not closed, or lacks a comma",
    "did not find expected ',' or '}'": "a mapping in { } is not closed, or lacks a comma",
    "found unknown escape character": (
        "an unknown escape follows the backslash; in double quotes a backslash is written \\\\"
    ),
    "found a tab character where an indentation space is expected": _TAB,
    "found a tab character where an intendation space is expected": _TAB,
    "found a tab character that violates indentation": _TAB,
    "found unexpected ':'": "a colon inside [ ] or { } needs a space after it, or quotes around the text",
    "found undefined tag handle": "the tag uses a handle that no %TAG line defines",
    "did not find expected <document start>": "text follows after the end of the document's value",
    "did not find expected node content": "a value is missing, or a character here must stand in quotes",
    "block sequence entries are not allowed in this context": (
        "a list item (- ...) cannot start here: put it on a line of its own, indented like the other items"
    ),
    "block sequence entries are not allowed here": (
        "a list item (- ...) cannot start here: put it on a line of its own, indented like the other items"
    ),
    "block mapping keys are not allowed in this context": "a key cannot start here",
    "found invalid Unicode character escape code": "the \\u escape is no character; write the character itself",
    "did not find expected comment or line break": "only a comment may follow the | or > on its line",
    "found an indentation indicator equal to 0": "the number after | or > must be 1 to 9",
    "did not find expected alphabetic or numeric character": "a name of letters and digits must follow * or &",
    # Since 0.2.6 libyaml refuses 1,000 levels itself, of brackets before the first of them becomes an event.
    "exceeded maximum nesting depth": TOO_DEEP,
}

# Where these start is more useful than where the reader gave up.
_AT_START = ("could not find expected ':'", "found unexpected end of stream", "found unexpected document indicator")


def from_yaml_error(error: Any, text: str) -> RejectedError:
    """Give the problem of a ``yaml.YAMLError`` that was raised while reading ``text``."""
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or ""
    if mark is None:
        return unprintable(text) or RejectedError("this is no YAML", 0)
    if problem in _AT_START and getattr(error, "context_mark", None) is not None:
        mark = error.context_mark
    return RejectedError(_words(problem, text[mark.index : mark.index + 1]), mark.index)


def _words(problem: str, character: str) -> str:
    if problem.startswith("found character") and "cannot start any token" in problem:
        if character == "\t":
            return _TAB
        return f"no value can start with {character}; put it in quotes" if character in "@`%" else "this is no YAML"
    known = _WORDS.get(problem)
    if known:
        return known
    # The words of libyaml never quote the text; those of the Python reader, which replaces it, do.
    return f"this is no YAML: {problem}" if problem and not re.search("['\"]", problem) else "this is no YAML"


def unprintable(text: str) -> RejectedError | None:
    """Give the problem of the first character that YAML does not allow, or None."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    code = ord(found[0])
    what = "a NUL character" if code == 0 else f"the control character U+{code:04X}"
    if 0xD800 <= code <= 0xDFFF:
        what = f"half a surrogate pair, U+{code:04X}"
    return RejectedError(f"{what} is not allowed in YAML", found.start())


def refuse_inner_mark(text: str) -> None:
    """Refuse a byte order mark at the start of a line, as files joined by ``cat`` have it.

    libyaml would skip it; the reader of Kubernetes takes it for the first character of the key.

    Raises:
        RejectedError: where there is one.
    """
    found = re.search("[\n\r\x85\u2028\u2029](\ufeff)", text)
    if found:
        raise RejectedError("a byte order mark (U+FEFF) stands inside the text; remove it", found.start(1))


class EscapeCheck:
    """Passes events on, and refuses the one escape that libyaml knows and the reader of Kubernetes does not."""

    def __init__(self, source: EventSource, text: str) -> None:
        self._source = source
        self._text = text

    def get_event(self) -> Any:
        """Give the next event.

        Raises:
            RejectedError: for a slash that is escaped in double quotes.
        """
        event: Any = self._source.get_event()
        if self._is_double_quoted(event):
            start = event.start_mark.index
            found = _ESCAPED_SLASH.search(self._text[start : event.end_mark.index])
            if found:
                message = "the escape \\/ is not allowed in YAML as Kubernetes reads it; write / alone"
                raise RejectedError(message, start + found.start(1))
        return event

    def _is_double_quoted(self, event: Any) -> bool:
        return event.__class__ is ScalarEvent and event.style == '"'


_ESCAPED_SLASH = pattern(r"(?<!\\)(?:\\\\)*(\\/)")
