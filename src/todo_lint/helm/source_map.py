"""Which template line wrote a rendered line.

Helm tells nobody. It can be had by rendering once more with a mark at the end of each line of template text: the
marks come out where the text came from. Taking them out again must give the first rendering; then the map is exact.
Where only values differ (random passwords, checksums) the lines still agree; which values differ by themselves shows
where they are rendered again. Text that an action writes, such as an ``include`` over several lines, belongs to the
line of the action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from todo_lint.findings import Exactness
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = pattern(f"{_OPEN}([0-9a-f]+){_CLOSE}")
_TEMPLATE = pattern(r"(?:charts/[^/]+/)*templates/(?:.*/)?[^/]+")
_FOLDER = "templates/"
_PLAIN = "/without-marks"
_TRIM = '{{- "" -}}'
_INCLUDED_FILE = pattern(r'(\bprint\s+\$?\.Template\.BasePath)(\s+"/([^"\n]+)")')
_STRINGS = {
    '"': re.compile(r'"(?:\\.|[^"\\\n])*"'),
    "`": re.compile(r"`[^`]*`"),
    "'": re.compile(r"'(?:\\.|[^'\\\n])*'"),
}
_COMMENT = pattern(r"/\*.*?\*/", re.DOTALL)
_TELLING = pattern(r"}}|[\"`']|/\*")
"""What can end an action, or begin something inside it where braces do not count."""
_WORD = pattern(r"\{\{-?\s*(\w+)?")
_OPENING = frozenset({"if", "range", "with", "define", "block"})
_BETWEEN_WORDS = pattern(r"([\s\"']+)")
_ELSEWHERE = frozenset({"define", "block"})


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A line of a file of the chart, counted from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class MarkedChart:
    """The files of a chart with marks in its templates, and what each mark stands for."""

    files: Mapping[str, bytes]
    marks: tuple[TemplateLine, ...]


@dataclass(frozen=True, slots=True)
class TemplateMap:
    """The map of one rendered file. ``lines`` holds, for each rendered line, marks with their columns from 1.

    ``differing`` are the lines, from 1, whose text was another one in the marked rendering.
    """

    exactness: Exactness
    lines: tuple[tuple[tuple[int, TemplateLine], ...], ...] = ()
    differing: frozenset[int] = frozenset()

    def find(self, line: int, column: int = 1) -> TemplateLine | None:
        """The template line behind a rendered place (from 1): of the first mark behind it."""
        for number in range(line - 1, len(self.lines)):
            for at, place in self.lines[number]:
                if number > line - 1 or at > column:
                    return place
            if number == line - 1 and self.lines[number]:
                return self.lines[number][-1][1]
        return None

    def exactness_at(self, line: int) -> Exactness:
        """How far the map can be trusted for one line: a line that did not change has not moved either."""
        if self.exactness is Exactness.LINES and line not in self.differing:
            return Exactness.EXACT
        return self.exactness


def mark_chart(files: Mapping[str, bytes], *, defines: bool = False) -> MarkedChart:
    """Put a mark at the end of each line of text of all templates, those of unpacked subcharts included.

    With ``defines`` the lines of named templates are marked, too. Such marks come out wherever the named template is
    included, and can change what the including template does with it; so they are for a rendering of their own.

    Charts take checksums of whole template files, which marks would change: the files that templates name for it
    are there once more without marks, and are read in place of the marked ones.
    """
    marks: list[TemplateLine] = []
    marked = dict(files)
    by_path: set[str] = set()
    for name in sorted(files):
        if _TEMPLATE.fullmatch(name) and (defines or not name.rpartition("/")[2].startswith("_")):
            try:
                text = files[name].decode()
            except UnicodeDecodeError:
                continue
            with_marks = _mark(name, text, marks, defines=defines)
            marked[name] = _INCLUDED_FILE.sub(rf'\1 "{_PLAIN}"\2', with_marks).encode()
            folder = name[: name.index(_FOLDER) + len(_FOLDER)]
            by_path.update(f"{folder}{found[3]}" for found in _INCLUDED_FILE.finditer(with_marks))
    for name in by_path & files.keys():
        folder, _, inner = name.partition(_FOLDER)
        marked[f"{folder}{_FOLDER.rstrip('/')}{_PLAIN}/{inner}"] = files[name]
    return MarkedChart(marked, tuple(marks))


def _mark(name: str, text: str, marks: list[TemplateLine], *, defines: bool) -> str:
    """Mark each line that ends in text or in an action.

    Behind an action that trims what follows it another one has to do so, behind the mark. In named templates such
    lines are left alone: what trims there mostly makes a name, which is not to be changed.
    """
    if _OPEN in text or _CLOSE in text:
        return text
    out: list[str] = []
    position = 0
    for number, end, trims in _markable(text, defines=defines):
        if trims and defines:
            continue
        out.append(text[position:end])
        out.append(f"{_OPEN}{len(marks):x}{_CLOSE}{_TRIM if trims else ''}")
        marks.append(TemplateLine(name, number))
        position = end
    out.append(text[position:])
    return "".join(out)


def _markable(text: str, *, defines: bool) -> Iterator[tuple[int, int, bool]]:
    """Lines to mark, from 1, and where: behind the last character of theirs that is not white space.

    The third says whether what stands there trims the white space that follows.
    """
    actions = list(_actions(text))
    elsewhere = [] if defines else list(_elsewhere(actions))
    start = 0
    current = 0
    for number, line in enumerate(text.split("\n"), start=1):
        end = start + len(line.rstrip())
        while current < len(actions) and actions[current][1] < end:
            current += 1
        inside = current < len(actions) and actions[current][0] < end < actions[current][1]
        trims = text.endswith("-}}", 0, end) and any(stop == end for _, stop, _ in actions[current : current + 1])
        if line.strip() and not inside and not any(a <= end < b for a, b in elsewhere):
            yield number, end, trims
        start += len(line) + 1


def _actions(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each action begins and ends, and its first word."""
    position = 0
    while (start := text.find("{{", position)) >= 0:
        position = _action_end(text, start + 2)
        word = _WORD.match(text, start)
        yield start, position, (word[1] or "") if word else ""


def _action_end(text: str, position: int) -> int:
    """The end of an action; braces inside strings and comments do not count."""
    while (next_ := _TELLING.search(text, position)) is not None:
        position = next_.start()
        if next_[0] == "}}":
            return position + 2
        found = (_STRINGS.get(text[position]) or _COMMENT).match(text, position)
        position = found.end() if found else position + 1
    return len(text)


def _elsewhere(actions: list[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    """The stretches of ``define`` and ``block``: their text comes out wherever they are included."""
    opened: list[tuple[int, str]] = []
    for start, stop, word in actions:
        if word in _OPENING:
            opened.append((start, word))
        elif word == "end" and opened:
            first, opener = opened.pop()
            if opener in _ELSEWHERE:
                yield first, stop


def without_marks(text: str) -> str:
    """A text that was rendered with marks as it is without."""
    return _MARK.sub("", text)


def read_map(
    plain: str, marked: str | None, marks: tuple[TemplateLine, ...], again: str | None = None
) -> TemplateMap:
    """The map of one rendered file, from its rendering without marks and the one with them (None: there is none).

    ``again`` is the file in a second rendering without marks, where there is one. Words that differ by themselves
    (generated passwords, checksums of those) are set aside then, and the map is exact where all else is the same.
    """
    if marked is None:
        return TemplateMap(Exactness.FILE)
    lines = tuple(tuple(_marks_of(line, marks)) for line in marked.split("\n"))
    stripped = without_marks(marked)
    if stripped == plain:
        return TemplateMap(Exactness.EXACT, lines)
    if len(lines) != plain.count("\n") + 1:
        return TemplateMap(Exactness.FILE)
    pairs = list(zip(plain.split("\n"), stripped.split("\n"), strict=True))
    differing = frozenset(number for number, (one, other) in enumerate(pairs, start=1) if one != other)
    others = (again or "").split("\n")
    if len(others) == len(pairs) and all(_differs_alike(*pairs[n - 1], others[n - 1]) for n in differing):
        return TemplateMap(Exactness.EXACT, lines)
    return TemplateMap(Exactness.LINES, lines, differing)


def _differs_alike(line: str, marked: str, again: str) -> bool:
    """Whether a marked line differs only in words in which the line differs from itself when it is rendered again."""
    words = [_BETWEEN_WORDS.split(text) for text in (line, marked, again)]
    same_count = len({len(found) for found in words}) == 1
    return same_count and all(one == other or one != later for one, other, later in zip(*words, strict=True))


def _marks_of(line: str, marks: tuple[TemplateLine, ...]) -> Iterator[tuple[int, TemplateLine]]:
    removed = 0
    for found in _MARK.finditer(line):
        number = int(found[1], 16)
        if number < len(marks):
            yield found.start() - removed + 1, marks[number]
        removed += len(found[0])
