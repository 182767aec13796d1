"""Helm's error messages made readable: what is wrong, in which template and line, and what to do.

Helm reports in four shapes. ``f:l:c`` with a chain of includes below it; ``parse error at (f:l)``; ``execution error
at (f:l:c)``, which is the chart's own ``required`` or ``fail``; and Go's ``template: f:l:c: executing ...``. Columns
count bytes from 0 there, and characters from 1 here. Values never appear in a message of the values schema.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping

from todo_lint.helm.engine import EngineFailure, Stage
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

READ_NIL = pattern(r"nil pointer evaluating .*\.(\w+)$")
READ_SCALAR = pattern(r"can't evaluate field (\w+) in type ")
INCLUDES_ITSELF = pattern(r"rendering template has a nested reference name: (\S+?):? unable to execute")
NO_TEMPLATE = pattern(r'no template "([^"]*)" associated|template "([^"]*)" not defined')
NO_FUNCTION = pattern(r'function "([^"]*)" not defined')
INDEX_OF_NIL = pattern(r"index (\.[\w.]+)[^\n]*\n.*index of (?:untyped nil|nil pointer)$", re.DOTALL)
FRAME = pattern(r'^(?P<place>\S.*)\n  executing "(?P<name>[^"\n]*)" at <(?P<expression>.*)>:\n    ', re.MULTILINE)
GO_FRAME = pattern(
    r"(?:^|: )template: (?P<place>[^\s:]+:\d+(?::\d+)?): "
    r'(?:executing "(?P<name>[^"]*)" at <(?P<expression>.*?)>: )?'
)
PLACE = pattern(r"(?P<file>.+?)(?::(?P<line>\d+))?(?::(?P<column>\d+))?$")
OPENED = pattern(r" started at [^:\s]+:(\d+)$")
PARSE_ERROR = pattern(r"parse error (?:at|in) \((?P<place>[^)]+)\): (?P<text>.*)", re.DOTALL)
STOP = pattern(r"execution error at \((?P<place>[^)]+)\): (?P<text>.*)", re.DOTALL)
FIELDS = pattern(r"(?P<start>\$\w*)?(?P<fields>(?:\.\w+)+)")


class RenderProblem(enum.StrEnum):
    """Why a chart does not render. STOP is the chart's own ``required`` or ``fail``."""

    TEMPLATE = "template"
    STOP = "stop"
    VALUES_SCHEMA = "values-schema"
    VALUES = "values"
    LOAD = "load"
    DEADLINE = "deadline"
    MEMORY = "memory"
    CRASH = "crash"


ENGINE_ENDED = frozenset({RenderProblem.DEADLINE, RenderProblem.MEMORY, RenderProblem.CRASH})


@dataclass(frozen=True, slots=True)
class TemplatePlace:
    """A place in a file of the chart, named relative to the chart. Line and column count from 1."""

    file: str
    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class RenderFailure:
    """Why a chart does not render.

    ``place`` is where it happened: a file by its name inside the chart (``templates/x.yaml``,
    ``charts/sub/templates/x.yaml``), or None. ``missing_key`` is the whole path that a template reads in vain,
    such as ``.Values.backend.service.port``. ``included_from`` lists the places that include that template,
    the outermost first. ``details`` holds one line for each thing that the values schema refuses.
    """

    kind: RenderProblem
    message: str
    place: TemplatePlace | None = None
    missing_key: str | None = None
    included_from: tuple[TemplatePlace, ...] = ()
    details: tuple[str, ...] = ()
    hint: str = ""

    @property
    def unread_schema(self) -> str:
        """What is said of a schema elsewhere, to which the chart's own refers and which is not read; mostly empty."""
        if not self.details:
            return ""
        from todo_lint.helm.schema_failures import NOT_READ

        return next((detail for detail in self.details if detail.endswith(NOT_READ)), "")

    @property
    def ended_engine(self) -> bool:
        """Whether the engine had to be ended: then todo-lint could not finish, and nothing is known of the chart."""
        return self.kind in ENGINE_ENDED


def explain(failure: EngineFailure, sources: Mapping[str, bytes], chart_name: str) -> RenderFailure:
    """Turn what the engine says into a RenderFailure.

    ``sources`` are the files of the chart, by name inside the chart: the text at the place helps to work out the
    whole path of a missing key. ``chart_name`` tells the chart's own values from those of its subcharts.
    """
    if failure.stage in (Stage.DEADLINE, Stage.MEMORY, Stage.CRASH, Stage.PANIC):
        return _engine_ended(failure)
    if failure.stage == Stage.VALUES:
        return _values_refused(failure.text, chart_name)
    if failure.stage == Stage.LOAD:
        return _not_loaded(failure.text)
    return _not_rendered(failure.text, sources)


def _engine_ended(failure: EngineFailure) -> RenderFailure:
    if failure.stage == Stage.DEADLINE:
        return RenderFailure(
            RenderProblem.DEADLINE,
            f"rendering took longer than {failure.text} s and was stopped",
            hint="a template loops for ever, or the chart needs a longer deadline",
        )
    if failure.stage == Stage.MEMORY:
        return RenderFailure(
            RenderProblem.MEMORY,
            "rendering took more memory than it may and was stopped",
            hint="look for a template that includes itself, or for huge `repeat`, `until` or `seq` counts",
        )
    return RenderFailure(
        RenderProblem.CRASH,
        "a template made Helm's engine crash" + (f" ({failure.text})" if failure.text else ""),
        hint="look for a `tpl` or `include` that calls itself, or for a dict that holds itself",
    )


def _values_refused(text: str, chart_name: str) -> RenderFailure:
    from todo_lint.helm.schema_failures import explain_schema_failure

    details = explain_schema_failure(text, chart_name)
    if details is None:
        return RenderFailure(RenderProblem.VALUES, "Helm cannot use the values of this chart")
    message = "the values do not fit values.schema.json: " + (details[0] if details else "no reason given")
    if len(details) > 1:
        message += f" (and {len(details) - 1} more)"
    return RenderFailure(
        RenderProblem.VALUES_SCHEMA,
        message,
        place=TemplatePlace("values.schema.json"),
        details=details,
        hint="change the value, or the schema where it is wrong",
    )


def _not_loaded(text: str) -> RenderFailure:
    """A chart that Helm cannot load, such as one with a broken values.yaml."""
    found = re.match(r"cannot load ([^:\s]+): (.*)", text, re.DOTALL)
    if not found:
        return RenderFailure(RenderProblem.LOAD, f"Helm cannot load the chart: {_one_line(text)}")
    file, reason = found.groups()
    line = re.search(r"yaml: line (\d+): (.*)", reason, re.DOTALL)
    if line:
        place = TemplatePlace(file, int(line[1]))
        return RenderFailure(RenderProblem.LOAD, f"{file} is no YAML: {_one_line(line[2])}", place)
    if "cannot unmarshal" in reason:
        return RenderFailure(RenderProblem.LOAD, f"{file} must hold a mapping (key: value)", TemplatePlace(file, 1))
    return RenderFailure(RenderProblem.LOAD, f"Helm cannot load {file}: {_one_line(reason)}", TemplatePlace(file))


def _not_rendered(text: str, sources: Mapping[str, bytes]) -> RenderFailure:
    stop = STOP.match(text)
    if stop:
        return RenderFailure(
            RenderProblem.STOP,
            f"the chart stops: {_one_line(stop['text'])}",
            _place(stop["place"], "", sources),
            hint="it is the chart's own `required` or `fail`: give the value that it asks for",
        )
    parse = PARSE_ERROR.match(text)
    if parse:
        return _not_parsed(parse["text"], _place(parse["place"], "", sources))
    return _not_executed(text, sources)


def _not_parsed(text: str, place: TemplatePlace) -> RenderFailure:
    function = NO_FUNCTION.search(text)
    if function:
        message = f"the template calls `{function[1]}`, which is no function of Helm"
        return RenderFailure(RenderProblem.TEMPLATE, message, place, hint="check its spelling")
    if text == "unexpected EOF":
        message = "the template ends before a block (`if`, `range`, `with`, `define`) has its `end`"
        return RenderFailure(RenderProblem.TEMPLATE, message, place, hint="add the missing `{{ end }}`")
    opened = OPENED.search(text)
    if opened:  # reported where the text ends; what was not closed stands before
        place = TemplatePlace(place.file, int(opened[1]))
        message = f"the template cannot be parsed: {_one_line(text[: opened.start()])}"
        return RenderFailure(RenderProblem.TEMPLATE, message, place, hint="close it with `}}`")
    return RenderFailure(RenderProblem.TEMPLATE, f"the template cannot be parsed: {_one_line(text)}", place)


@dataclass(frozen=True, slots=True)
class _Frame:
    """One step of a chain of includes: where, and the expression that was evaluated."""

    place: TemplatePlace
    expression: str


def _not_executed(text: str, sources: Mapping[str, bytes]) -> RenderFailure:
    shape = FRAME if FRAME.match(text) else GO_FRAME
    found = list(shape.finditer(text))
    if not found:
        return RenderFailure(RenderProblem.TEMPLATE, _one_line(text))
    reason = text[found[-1].end() :].removeprefix("error calling include:\n")
    frames = [
        _Frame(_place(match["place"], match["expression"] or "", sources), match["expression"] or "")
        for match in found
    ]
    # a text given to `tpl` is no file: the place is the call of tpl
    in_files = [frame for frame in frames if "templates/" in frame.place.file] or frames
    return _explain_reason(reason, frames[-1], tuple(frame.place for frame in in_files), sources)


def _explain_reason(
    reason: str, frame: _Frame, places: tuple[TemplatePlace, ...], sources: Mapping[str, bytes]
) -> RenderFailure:
    """The failure for Go's words about the innermost frame."""
    *chain, place = places
    outer = dict.fromkeys(other for other in chain if other != place)
    circle = INCLUDES_ITSELF.search(reason)
    if circle:
        message = f'the template "{circle[1]}" includes itself without end'
        hint = "end it by a condition that some call does not meet"
        return RenderFailure(RenderProblem.TEMPLATE, message, place, None, tuple(outer), hint=hint)
    no_template = NO_TEMPLATE.search(reason)
    if no_template:
        name = no_template[1] or no_template[2]
        message = f'the template "{name}" is included and nowhere defined'
        hint = "check its name, and that the chart which defines it is in charts/"
        return RenderFailure(RenderProblem.TEMPLATE, message, place, None, tuple(outer), hint=hint)
    read = READ_NIL.search(reason) or READ_SCALAR.search(reason)
    if read:
        from todo_lint.helm.template_scope import full_path

        source = sources.get(frame.place.file, b"") if frame.place.file == place.file else b""
        path = full_path(frame.expression, source, frame.place.line, frame.place.column)
        missing = _Missing.of(path or frame.expression, read[1], place.file)
        message, hint = missing.nil() if READ_NIL.search(reason) else missing.scalar()
        return RenderFailure(RenderProblem.TEMPLATE, message, place, path, tuple(outer), hint=hint)
    indexed = INDEX_OF_NIL.match(f"{frame.expression}\n{reason}")
    if indexed:
        message, hint = _Missing(indexed[1], indexed[1], "", place.file).nil()
        return RenderFailure(RenderProblem.TEMPLATE, message, place, indexed[1], tuple(outer), hint=hint)
    return RenderFailure(RenderProblem.TEMPLATE, _in_words(frame.expression, reason), place, None, tuple(outer))


def _in_words(expression: str, reason: str) -> str:
    """Go's words, where nothing better is known, without its prefixes."""
    words = _one_line(re.sub(r"^(error calling \w+: )+", "", reason))
    return f"`{_one_line(expression)}`: {words}" if expression else f"a text given to `tpl` cannot be used: {words}"


@dataclass(frozen=True, slots=True)
class _Missing:
    """A path that a template reads in vain: ``parent`` lacks ``rest``. ``file`` is the template."""

    path: str
    parent: str
    rest: str
    file: str

    @staticmethod
    def of(path: str, field: str, file: str) -> _Missing:
        """Split ``path`` before ``field``, which Go could not read from what stands before it."""
        steps = path.split(".")
        first = 2 if steps[:2] == ["", "Values"] else 1
        position = steps.index(field, first) if field in steps[first:] else len(steps) - 1
        return _Missing(path, ".".join(steps[:position]) or ".", ".".join(steps[position:]), file)

    def key(self) -> str:
        """The parent as a key of the chart's values.yaml, or as it stands where it is no value."""
        if not self.parent.startswith(".Values."):
            return self.parent
        subcharts = re.match(r"(?:charts/[^/]+/)*", self.file)
        prefix = subcharts[0].replace("charts/", "").replace("/", ".") if subcharts else ""
        key = self.parent.removeprefix(".Values.")
        return key if key.startswith("global.") else prefix + key

    def nil(self) -> tuple[str, str]:
        """Message and hint where the parent is not set."""
        hint = f"set {self.key()} in values.yaml" if self.parent.startswith(".Values.") else f"set {self.key()}"
        if self.rest and self.parent.startswith(".Values.") and "[]" not in self.parent:
            hint += f", or read it with a default: `({self.parent} | default dict).{self.rest}`"
        return f"the template reads `{self.path}`, but `{self.parent}` is not set", hint

    def scalar(self) -> tuple[str, str]:
        """Message and hint where the parent is set and has no fields."""
        return (
            f"the template reads `{self.path}`, but `{self.parent}` is no mapping",
            f"make {self.key()} a mapping that holds {self.rest.partition('.')[0]}, or read another key",
        )


def _place(text: str, expression: str, sources: Mapping[str, bytes]) -> TemplatePlace:
    """A place in Helm's notation, ``chart/templates/x.yaml:5:16``, as a place inside the chart."""
    match = PLACE.match(text)
    if match is None:
        return TemplatePlace(text)
    file = match["file"].partition("/")[2] or match["file"]
    line = int(match["line"]) if match["line"] else None
    if line is None or match["column"] is None:
        return TemplatePlace(file, line)
    rows = sources.get(file, b"").split(b"\n")
    row = rows[line - 1] if line <= len(rows) else b""
    return TemplatePlace(file, line, _column(row, int(match["column"]), expression))


def _column(row: bytes, offset: int, expression: str) -> int:
    """The column, from 1 and in characters, where the expression begins that Go points into."""
    wanted = expression.encode()
    start = row.find(wanted, max(0, offset - len(wanted))) if wanted else -1
    if not 0 <= start <= offset:
        start = min(offset, len(row)) if row else offset
    return len(row[:start].decode(errors="replace")) + 1 if row else start + 1


def _one_line(text: str) -> str:
    return " ".join(text.split())
