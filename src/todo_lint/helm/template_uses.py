"""The values that the templates of a chart name: each template is read once for each context it is included with.

A context is the part of the chart that the values come from, and what the dot stands for. A template file has the
root; what named templates are given is read where they are included, until nothing new is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from todo_lint.findings import Route
from todo_lint.helm.built_in_objects import OBJECTS
from todo_lint.helm.merged_values import ITEM
from todo_lint.helm.subcharts import ChartPart, WholeChart
from todo_lint.helm.template_calls import calls_in, calls_in_text
from todo_lint.helm.template_meaning import ROOT, STRING, Fields, Meaning, below
from todo_lint.helm.template_scope import Scope
from todo_lint.helm.template_text import Action, Body, bodies_of
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, field, replace

TEMPLATES = "templates/"
MOST_CONTEXTS = 24
"""In more contexts a named template is not read: what it is given counts as named as a whole."""

_NUMBER = r"(?<![\w.$])\d[\w.]*"
_TOKEN = pattern(rf"/\*.*?\*/|{STRING}|{_NUMBER}|(?:\$\w*)?(?:\.\w+)+|\$\w*|(?<![\w)])\.(?![\w.])|[A-Za-z_]\w*", 16)
_LOOKS_UP = frozenset({"index", "get", "hasKey", "dig", "pluck", "pick"})
_BEHIND_BRACKET = pattern(r"\s*\)((?:\.\w+)+)")
_LOOKS_AT = pattern(r"\s*-?\s*(?:else\s+)?(?:if|with)\b")
_RANGE = pattern(r"\s*range\s+(?P<key>\$\w+\s*,)?")
_VALUES, _SUBCHARTS, _AS_MAP = "Values", "Subcharts", "AsMap"
_PUT = pattern(r"\bset\s+\S*\.([A-Z]\w+)\s+[\"`](\w+)[\"`]")
_FAILS = pattern(r"\s*fail\b")


@dataclass(frozen=True, slots=True)
class Context:
    """What a template is read with: the keys of the part of the chart, and what it is given."""

    scope: tuple[str, ...]
    given: Meaning = ROOT


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a template names a value.

    ``route`` is that of the value in the merged values, an item of any number being ``[]``. ``file`` is the
    template's name in the whole chart; line and column count from 1. ``define`` is the named template around it,
    ``action`` the text of the action, ``context`` what the template is read with. ``whole``: all that lies below may
    be read here, while a condition and ``with`` only look at the value itself. ``conditional``: it stands in a block
    that is rendered only on some condition, or may, or in a condition with other values.
    """

    route: Route
    file: str
    line: int
    column: int
    define: str
    action: str
    context: Context
    whole: bool
    conditional: bool = False

    @property
    def scope(self) -> tuple[str, ...]:
        """The keys of the part of the chart whose values are meant."""
        return self.context.scope


@dataclass(frozen=True, slots=True)
class _Raw:
    """A use as it is met. ``callee`` is the named template that it is given to, if it is given to one."""

    use: Use
    callee: str | None
    is_range: bool


@dataclass(slots=True)
class Reading:
    """All uses; ``calls`` tells by file and line which named templates are included there, and with what.

    ``doubtful`` are the places (file, line, column) of paths that are not known in some context, or that are looked
    at in order to refuse them: whoever gave the value of old is told where it belongs now. ``ranged`` are the routes
    of what ``range`` goes through, and whether it has a variable for keys there. ``built_in`` are the paths into
    Helm's own objects, by place; what templates themselves put there is in ``put``.
    """

    uses: tuple[Use, ...] = ()
    calls: dict[tuple[str, int], dict[tuple[str, Context], None]] = field(default_factory=dict)
    doubtful: set[tuple[str, int, int]] = field(default_factory=set)
    ranged: dict[Route, bool] = field(default_factory=dict)
    built_in: dict[tuple[str, int, int], set[tuple[str, ...]]] = field(default_factory=dict)
    put: set[tuple[str, str]] = field(default_factory=set)


def read_uses(whole: WholeChart) -> Reading:
    """Read all templates of a chart and its subcharts."""
    return _Reader(whole).read()


class _Reader:
    def __init__(self, whole: WholeChart) -> None:
        self._whole = whole
        self._reading = Reading()
        self._raw: list[_Raw] = []
        self._files: list[tuple[ChartPart, str, Body]] = []
        self._named: dict[str, list[tuple[ChartPart, str, Body]]] = {}
        self._contexts: dict[str, dict[Context, None]] = {}
        self._overfull: set[str] = set()
        self._to_read: list[tuple[str, Context]] = []

    def read(self) -> Reading:
        self._collect()
        for name in self._named_elsewhere():
            self._add_unknown(name)
        for part, file, body in self._files:
            self._read_body(file, body, Context(part.scope))
        self._read_named()
        for name in self._named:
            if name not in self._contexts:  # whoever includes it is not known, if anybody does
                self._add_unknown(name)
        self._read_named()
        self._reading.uses = tuple(self._settled())
        return self._reading

    def _collect(self) -> None:
        bodies: dict[bytes, tuple[str, tuple[Body, ...]]] = {}
        for part in self._whole.parts:
            prefix = f"{part.folder}{TEMPLATES}"
            for file in sorted(name for name in self._whole.files if name.startswith(prefix)):
                data = self._whole.files[file]
                if data not in bodies:
                    bodies[data] = file, bodies_of(data.decode("utf-8", "replace"))
                first, found = bodies[data]
                self._files.append((part, file, found[0]))
                for body in found[1:]:  # of a library that several subcharts bring along one copy is read
                    self._named.setdefault(body.name, []).append((part, first, body))

    def _named_elsewhere(self) -> set[str]:
        """The named templates that are included in a way that no template tells: by values that are templates."""
        texts = (data for name, data in self._whole.files.items() if name.endswith("values.yaml"))
        names = {
            call for data in texts if b"include" in data for call in calls_in_text(data.decode("utf-8", "replace"))
        }
        every = [body for _, _, body in self._files] + [one for found in self._named.values() for *_, one in found]
        if any(not call for body in every for action in body.actions for call in calls_in_text(action.text)):
            return set(self._named)
        return names & self._named.keys()

    def _add_unknown(self, name: str) -> None:
        for part, _, _ in self._named[name]:
            self._add(name, Context(part.scope, None))

    def _add(self, name: str, context: Context) -> None:
        known = self._contexts.setdefault(name, {})
        if context in known or name in self._overfull:
            return
        if len(known) >= MOST_CONTEXTS:
            self._overfull.add(name)
            context = Context(context.scope, None)
        known[context] = None
        self._to_read.append((name, context))

    def _read_named(self) -> None:
        while self._to_read:
            name, context = self._to_read.pop()
            bodies = {id(body): (file, body) for _, file, body in self._named[name]}
            for file, body in bodies.values():
                self._read_body(file, body, context)

    def _read_body(self, file: str, body: Body, context: Context) -> None:
        scope = Scope(context.given, body.unsteady)
        for action, after in zip_longest(body.actions, body.actions[1:]):
            callees = self._read_calls(file, action, scope, context)
            refused = after is not None and _FAILS.match(after.text) is not None
            self._read_paths(file, body, action, scope, context, callees, refused=refused)
            scope.enter(action.text.strip())

    def _read_calls(self, file: str, action: Action, scope: Scope, context: Context) -> dict[int, str]:
        """Note what is included; gives the paths that are followed there, by where they begin."""
        followed: dict[int, str] = {}
        for call in calls_in(action.text, scope):
            if call.name in self._named:
                given = Context(context.scope, call.given)
                place = (file, action.place(call.start)[0])
                self._reading.calls.setdefault(place, {})[call.name, given] = None
                self._add(call.name, given)
                followed.update(dict.fromkeys(call.followed, call.name))
        return followed

    def _read_paths(
        self,
        file: str,
        body: Body,
        action: Action,
        scope: Scope,
        context: Context,
        callees: dict[int, str],
        *,
        refused: bool,
    ) -> None:
        self._reading.put.update(_PUT.findall(action.text))
        looks = _LOOKS_AT.match(action.text) is not None
        named = scope.followed_in_assignment(action.text)
        ranges = _RANGE.match(action.text)
        found = list(_meanings(action.text, scope))
        conditional = bool(body.name) or scope.is_conditional or len(found) > 1
        for offset, meaning, is_guess in found:
            if meaning == ROOT:
                continue
            line, column = action.place(offset)
            if isinstance(meaning, tuple) and meaning[0] in OBJECTS:
                self._reading.built_in.setdefault((file, line, column), set()).add(meaning)
            if meaning is None or is_guess or refused:
                self._reading.doubtful.add((file, line, column))
            for route in _routes(meaning, context.scope):
                whole = not looks and offset not in named
                use = Use(route, file, line, column, body.name, action.text, context, whole, conditional)
                self._raw.append(_Raw(use, callees.get(offset), ranges is not None))
                if ranges:
                    keyed = ranges["key"] is not None
                    self._reading.ranged[route] = self._reading.ranged.get(route, False) or keyed

    def _settled(self) -> Iterator[Use]:
        """The uses, now that it is known what becomes of what is given to named templates, and of items."""
        items = {
            raw.use.route[:end]
            for raw in self._raw
            for end, step in enumerate(raw.use.route)
            if step == ITEM and end < len(raw.use.route)
        }
        for raw in self._raw:
            use = raw.use
            followed = raw.callee is not None and raw.callee not in self._overfull
            if use.whole and (followed or (raw.is_range and use.route in items)):
                use = replace(use, whole=False)
            yield use


def _meanings(text: str, scope: Scope) -> Iterator[tuple[int, Meaning, bool]]:
    """The paths in an action, with where they begin in it; ``index .Values "a"`` is one, too.

    Of each it is told whether it begins at what cannot be followed: what it means is only likely then.
    """
    tokens = _tokens(text)
    for number, (offset, token) in enumerate(tokens):
        if token[0] not in ".$":
            continue
        meaning = scope.meaning(token)
        if meaning is None and ".Values" in token:
            # `.root.Values.a`, where a named template is given a mapping that holds the root
            meaning = tuple(token[token.index(".Values") + 1 :].split("."))
        steps = [*_steps_behind(text, offset + len(token))]
        before = tokens[number - 1][1] if number else ""
        if before == "hasKey" and isinstance(meaning, tuple) and meaning[:1] != (_VALUES,):
            continue  # whoever asks whether it is there knows that it may not be
        if before in _LOOKS_UP:
            steps += _keys_after(tokens[number + 1 :], single=before != "index")
        elif number > 1 and tokens[number - 2][1] in _LOOKS_UP and before[0] in '"`':
            steps.append(before[1:-1])  # hasKey and dig take the key first
        yield offset, below(meaning, steps), scope.is_guessed(token)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[tuple[int, str], ...]:
    return tuple((found.start(), found[0]) for found in _TOKEN.finditer(text) if not found[0].startswith("/*"))


def _steps_behind(text: str, end: int) -> Iterator[str]:
    """The steps that follow a path in brackets: ``(.Values.a).b`` is ``.Values.a.b`` that bears a missing ``a``."""
    while found := _BEHIND_BRACKET.match(text, end):
        yield from found[1].split(".")[1:]
        end = found.end()


def _keys_after(tokens: tuple[tuple[int, str], ...], *, single: bool) -> Iterator[str]:
    """The keys that follow a mapping in the arguments of a function, as far as they are literal."""
    for _, token in tokens:
        if token[0] not in '"`':
            return
        yield token[1:-1]
        if single:
            return


def _routes(meaning: Meaning, scope: tuple[str, ...]) -> Iterator[Route]:
    """The routes in the values of the whole chart that a path, or each part of a mapping, stands for."""
    if isinstance(meaning, Fields):
        for _, entry in meaning.entries:
            yield from _routes(entry, scope)
        yield from _routes(meaning.rest, scope)
    elif meaning is not None and _VALUES in meaning:
        start = meaning.index(_VALUES)
        before, steps = meaning[:start], meaning[start + 1 :]
        if steps[:1] == (_AS_MAP,):
            steps = steps[1:]
        if all(step == _SUBCHARTS for step in before[::2]) and len(before) % 2 == 0:
            yield steps if steps[:1] == ("global",) else (*scope, *before[1::2], *steps)
