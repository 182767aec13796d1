"""A rule's docstring, taken apart: what ``todo-lint explain``, docs/rules.md and the tests read."""

from __future__ import annotations

import re
import textwrap

from todo_lint.patterns import pattern
from todo_lint.records import dataclass
from todo_lint.rules.api import Rule

_SECTIONS = ("What it finds", "Why it matters", "Bad", "Good")
_MARK = pattern(r"\s*(?:#\s*<--\s*here|<!--\s*here\s*-->)\s*$")


@dataclass(frozen=True, slots=True)
class Example:
    """Files of an example by name, and where its finding is expected: file and line (counted from 1)."""

    files: tuple[tuple[str, str], ...]
    marked: tuple[str, int] | None


@dataclass(frozen=True, slots=True)
class RuleDocumentation:
    """The sections of a rule's docstring."""

    title: str
    what: str
    why: str
    bad: str
    good: str


def documentation(rule: Rule) -> RuleDocumentation:
    """Take a rule's docstring apart.

    Raises:
        ValueError: when a section is missing or out of order.
    """
    title, _, rest = rule.documentation.strip().partition("\n")
    pattern = "".join(rf"^{section}\n(?P<s{number}>.*)" for number, section in enumerate(_SECTIONS))
    match = re.search(pattern, rest, re.DOTALL | re.MULTILINE)
    if not match:
        raise ValueError(f"the docstring of rule {rule.id} lacks one of the sections {', '.join(_SECTIONS)}")
    what, why, bad, good = (textwrap.dedent(match[f"s{number}"]).strip() for number in range(len(_SECTIONS)))
    return RuleDocumentation(title.strip(), what, why, bad, good)


def example(text: str) -> Example:
    """Read an example: ``-- NAME --`` lines start a file, text without one is ``manifest.yaml``."""
    files: list[tuple[str, list[str]]] = []
    marked = None
    for line in text.splitlines():
        header = re.fullmatch(r"-- (\S+) --", line)
        if header:
            files.append((header[1], []))
            continue
        if not files:
            files.append(("manifest.yaml", []))
        name, lines = files[-1]
        if _MARK.search(line):
            marked = (name, len(lines) + 1)
        lines.append(_MARK.sub("", line))
    return Example(tuple((name, "\n".join(lines) + "\n") for name, lines in files), marked)
