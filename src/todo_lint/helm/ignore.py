"""Which files of a chart folder Helm leaves out: the rules of .helmignore, as Helm reads them.

They look like .gitignore and are not: patterns are Go's ``filepath.Match``, the first match decides, and a pattern
that begins with ``!`` ignores every file that it does *not* match (Helm's pkg/ignore; helm/helm#8688). So
``!README.md`` ignores Chart.yaml, which then is missing. That is Helm's behaviour, and it is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

from todo_lint.records import dataclass

ALWAYS_IGNORED = "templates/.?*"
GO_SPACE = " \t\n\v\f\r\x85\xa0"


class PatternError(ValueError):
    """A pattern that Go's ``filepath.Match`` does not understand."""


@dataclass(frozen=True, slots=True)
class IgnoreRule:
    """One line of a .helmignore file. ``line`` counts from 1; 0 for Helm's built-in rule."""

    line: int
    text: str
    pattern: str
    negated: bool
    folders_only: bool
    whole_path: bool


@dataclass(frozen=True, slots=True)
class IgnoreProblem:
    """A line of a .helmignore that makes Helm refuse the chart. ``line`` counts from 1."""

    line: int
    message: str


def read_ignore_rules(text: str) -> tuple[IgnoreRule, ...] | IgnoreProblem:
    """Read the text of a .helmignore file, and add Helm's own rule: dotfiles in templates/ are ignored."""
    rules = []
    lines = [*text.removeprefix("\ufeff").split("\n"), ALWAYS_IGNORED]
    for number, line in enumerate(lines, start=1):
        rule = line.strip(GO_SPACE)
        if not rule or rule.startswith("#"):
            continue
        if "**" in rule:
            return IgnoreProblem(number, f"Helm does not support ** in .helmignore: {rule!r}")
        try:
            _go_pattern(rule)
        except PatternError as error:
            return IgnoreProblem(number, f"{error}: {rule!r}")
        rules.append(_read_rule(0 if number == len(lines) else number, rule))
    return tuple(rules)


def ignoring_rule(rules: tuple[IgnoreRule, ...], path: str, *, is_folder: bool) -> IgnoreRule | None:
    """The rule that ignores ``path`` (relative to the chart, with slashes), or None where Helm keeps it."""
    for rule in rules:
        if rule.folders_only and not is_folder:
            if rule.negated:
                return rule
            continue
        if _matches(rule, path) != rule.negated:
            return rule
    return None


def _read_rule(line: int, text: str) -> IgnoreRule:
    pattern = text
    negated = pattern.startswith("!")
    if negated:
        pattern = pattern[1:]
    folders_only = pattern.endswith("/")
    if folders_only:
        pattern = pattern[:-1]
    whole_path = "/" in pattern
    return IgnoreRule(line, text, pattern.removeprefix("/"), negated, folders_only, whole_path)


def _matches(rule: IgnoreRule, path: str) -> bool:
    subject = path if rule.whole_path else path.rpartition("/")[2]
    try:
        return _go_pattern(rule.pattern).fullmatch(subject) is not None
    except PatternError:
        return False  # the whole line was a good pattern, what is left of it is not: it matches nothing


@lru_cache(maxsize=256)
def _go_pattern(pattern: str) -> re.Pattern[str]:
    """A regular expression for a pattern of Go's filepath.Match: ``*`` and ``?`` do not cross a slash.

    Raises PatternError for a pattern that Go calls malformed.
    """
    expression = ""
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if char == "[":
            part, position = _go_class(pattern, position + 1)
            expression += part
            continue
        if char == "\\":
            position += 1
            if position == len(pattern):
                raise PatternError("the pattern ends in a backslash")
            expression += re.escape(pattern[position])
        else:
            expression += {"*": "[^/]*", "?": "[^/]"}.get(char) or re.escape(char)
        position += 1
    return re.compile(expression, re.DOTALL)


def _go_class(pattern: str, position: int) -> tuple[str, int]:
    """The character class whose text begins at ``position``, after the bracket, and the place behind it."""
    negated = pattern.startswith("^", position)
    position += negated
    ranges: list[str] = []
    while not (ranges and pattern.startswith("]", position)):
        low, position = _go_class_char(pattern, position)
        high = low
        if pattern.startswith("-", position):
            high, position = _go_class_char(pattern, position + 1)
        # Go compares, so that a range whose ends are swapped matches nothing
        ranges.append(f"[{re.escape(low)}-{re.escape(high)}]" if low <= high else r"(?!)")
    either = "|".join(ranges)
    return (f"(?:(?!{either}).)" if negated else f"(?:{either})"), position + 1  # Go's classes match a slash, too


def _go_class_char(pattern: str, position: int) -> tuple[str, int]:
    """One character of a character class, and the place behind it."""
    if position >= len(pattern) or pattern[position] in "-]":
        raise PatternError("the pattern has a broken character class")
    if pattern[position] == "\\":
        position += 1
    if position + 1 >= len(pattern):
        raise PatternError("the pattern has a broken character class")
    return pattern[position], position + 1
