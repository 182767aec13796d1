"""The way from a values key to the rendered fields it decides, and from a field back to the keys."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from todo_lint.config import Config
from todo_lint.errors import UserError
from todo_lint.findings import Layer, Location, Route, format_route
from todo_lint.helm.merged_values import leaves_of, value_at
from todo_lint.helm.origins import Moved, Origins
from todo_lint.helm.render import Renderer
from todo_lint.helm.rendered_fields import Change, Effect
from todo_lint.kubernetes_yaml.document import Json, YamlDocument, YamlProblem
from todo_lint.kubernetes_yaml.reader import read_document, split_rendered
from todo_lint.manifests.resources import Resource, ResourceSet, Source, at, index
from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace
from todo_lint.stages.locate import nearest_span
from todo_lint.stages.plan_chart import Plan, plan_chart
from todo_lint.stages.render_chart import ChartRenderer, sources_of
from todo_lint.stages.request import Settings
from todo_lint.stages.secrets import cleaner, secret_texts
from todo_lint.stages.template_lines import TemplateFinder
from todo_lint.stages.value_origins import ChartOrigins

_STEP = pattern(r"\.?([^.\[\]]+)|\[(\d+)\]|\[([^\]]*)\]")
_FIELD = pattern(r"(?P<kind>[A-Z]\w*)/(?P<name>[^:]+)(?::(?P<path>.*))?")
_WORDS = {Change.VALUE: "", Change.ADDED: " (comes with it)", Change.REMOVED: " (goes with it)"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the answer: a text, and the place that it is about, if there is one."""

    text: str
    place: Location | None = None
    depth: int = 0


def explain_value(path: str, asked: str, settings: Settings, config: Config, renderer: Renderer) -> list[Line]:
    """The answer to a values key (``backend.service.port``) or a field (``Service/web:spec.ports[0].port``).

    Values themselves are not in it: they may be secret.

    Raises:
        UserError: for a chart that does not render, and for a key or field that it does not have.
        ToolError: when there is no engine to render with.
    """
    plan = plan_chart(path, settings, config)
    if not plan.installable:
        raise UserError("Helm does not install this chart, so there is nothing to explain", file=path)
    answer = _Answer(plan, ChartRenderer(renderer, plan.chart, settings.deadline))
    field = _FIELD.fullmatch(asked)
    if field:
        lines = answer.of_field(field["kind"], field["name"], route_of(field["path"] or ""))
    else:
        lines = answer.of_key(route_of(asked))
    clean = cleaner(answer.secrets)  # a chart can put a secret into a name
    try:
        return [replace(line, text=clean(line.text)) for line in lines]
    except UserError as error:
        raise UserError(clean(error.message), file=error.file) from None


def route_of(text: str) -> Route:
    """The route that a text such as ``spec.ports[0].port`` or ``data[a.b]`` means. Raises UserError for another."""
    route: list[str | int] = []
    position = 0
    while position < len(text):
        step = _STEP.match(text, position)
        if step is None:
            raise UserError(f"{text!r} is no path; write it like spec.ports[0].port or data[a.b]")
        route.append(int(step[2]) if step[2] else step[1] or step[3] or "")
        position = step.end()
    return tuple(route)


class _Answer:
    """Answers about one chart, from its profiles that render."""

    def __init__(self, plan: Plan, renderer: ChartRenderer) -> None:
        rendered = renderer.render_all(plan.profiles)
        if not rendered.rendered:
            failure = next(iter(rendered.failed.values()))
            raise UserError(f"no profile of the chart renders: {failure.message}", file=plan.chart.path)
        self._plan = plan
        self._templates = TemplateFinder(renderer, plan.profiles)
        self._templates.plain = dict(rendered.rendered)
        profiles = {profile.name: profile for profile in plan.profiles}
        left = renderer.deadline
        self._origins = ChartOrigins(renderer, self._templates.whole, profiles, rendered.rendered, most_seconds=left)
        self._resources: dict[str, ResourceSet] = {}

    @property
    def secrets(self) -> frozenset[str]:
        """The values of the Secrets that any profile renders."""
        return frozenset(text for name, _ in self._profiles for text in secret_texts(self._of(name).resources))

    @cached_property
    def _profiles(self) -> list[tuple[str, Origins]]:
        found = [(name, self._origins.of_profile(name)) for name in self._origins.renderings]
        return [(name, origins) for name, origins in found if origins is not None]

    def of_key(self, route: Route) -> Iterator[Line]:
        """What each leaf at or below a key decides: in the first profile in which it does, and what others add."""
        if not any(
            value_at(origins.values.values, route, default=_NOTHING) != _NOTHING for _, origins in self._profiles
        ):
            raise UserError(
                f"the values of {self._plan.chart.path} have no key {format_route(route)}{self._near(route)}"
            )
        first = self._profiles[0][1]
        leaves = first.leaves_at(route)
        for leaf in dict.fromkeys([route, *leaves] if _collection(first, route) else leaves):
            yield from self._leaf(leaf)

    def _leaf(self, route: Route) -> Iterator[Line]:
        profile, origins, moved = self._liveliest(route)
        whole = bool(_collection(origins, route))
        if whole and not moved.effects:
            return  # what is in it says it all
        written = origins.values.written(route) or origins.values.default(route)
        what = ", one key or item more or less" if whole else ""
        where = f", in the profile {profile}" if profile != self._profiles[0][0] else ""
        yield Line(f"{format_route(route)}{what}{where}", written.location if written else None)
        if not moved.known:
            yield Line("unknown: the chart renders with no other value that was tried", depth=1)
        elif not moved.effects:
            yield Line("moves nothing, nor does it once the booleans around it are flipped", depth=1)
        if moved.gates:
            yield Line(f"moves nothing until flipped: {', '.join(map(format_route, moved.gates))}; then", depth=1)
        for effect in moved.effects:
            yield Line(f"{effect.field}{_WORDS[effect.change]}", self._place(profile, effect), depth=1)
        yield from self._elsewhere(route, profile, moved)

    def _elsewhere(self, route: Route, told: str, moved: Moved) -> Iterator[Line]:
        """What a leaf moves in the other profiles and not in the one that was told of."""
        met = set() if moved.gates else set(moved.fields)
        for profile, origins in self._profiles if not moved.gates else ():
            effects = origins.of(route).effects if profile != told else ()
            for effect in effects:
                if effect.field not in met:
                    met.add(effect.field)
                    words = f"{_WORDS[effect.change]}, in the profile {profile}"
                    yield Line(f"{effect.field}{words}", self._place(profile, effect), depth=1)

    def _liveliest(self, route: Route) -> tuple[str, Origins, Moved]:
        """The first profile in which a leaf moves anything; else what it moves behind gates in the first."""
        for profile, origins in self._profiles:
            moved = origins.of(route)
            if moved.effects:
                return profile, origins, moved
        profile, origins = self._profiles[0]
        return profile, origins, origins.behind_gates(route)

    def of_field(self, kind: str, name: str, route: Route) -> Iterator[Line]:
        """The template line and the keys behind a field, in the first profile that has it."""
        for profile, origins in self._profiles:
            resource = self._of(profile).find(kind, name)
            if resource is not None and (not route or at(dict(resource.value), route) is not None):
                yield Line(
                    f"{kind}/{name}{':' if route else ''}{format_route(route)}", self._line(profile, resource, route)
                )
                yield from self._keys(origins, resource, route)
                return
        raise UserError(
            f"no profile of {self._plan.chart.path} renders {kind}/{name}{self._near_field(kind, name, route)}"
        )

    def _keys(self, origins: Origins, resource: Resource, route: Route) -> Iterator[Line]:
        every = origins.all()
        putting = [moved for moved in every if moved.moves(resource.ref, route)]
        deciding = [moved for moved in every if moved not in putting and moved.decides(resource.ref, route)]
        for moved in putting:
            yield self._key(origins, moved, "comes from")
        for moved in deciding:
            yield self._key(origins, moved, "is there or not by")
        if not putting:
            yield Line("no values key puts a value there: it is written in the template", depth=1)
        for moved in every:
            if not moved.known:
                yield self._key(origins, moved, "may come from, which could not be tried:")

    def _key(self, origins: Origins, moved: Moved, words: str) -> Line:
        written = origins.values.written(moved.route) or origins.values.default(moved.route)
        return Line(f"{words} {format_route(moved.route)}", written.location if written else None, depth=1)

    def _place(self, profile: str, effect: Effect) -> Location | None:
        """The template line of a field that is there; None for one that is not there yet, and for notes."""
        ref = effect.field.resource
        resource = next((found for found in self._of(profile).resources if found.ref == ref), None)
        there = resource is not None and (not effect.field.route or effect.change is not Change.ADDED)
        return self._line(profile, resource, effect.field.route) if resource and there else None

    def _line(self, profile: str, resource: Resource, route: Route) -> Location:
        span = nearest_span(resource.document, (*resource.route, *route), on_key=False)
        line, column = (span.line, span.column) if span else (resource.document.line, 1)
        rendered = Location(resource.source.file, line, column, Layer.RENDERED)
        found = self._templates.find(profile, rendered)
        return Location(found.file, found.line, None, Layer.TEMPLATE, found.exactness)

    def _of(self, profile: str) -> ResourceSet:
        if profile not in self._resources:
            sources = sources_of(self._plan.chart, self._origins.renderings[profile])
            self._resources[profile] = index(_documents(sources))
        return self._resources[profile]

    def _near(self, route: Route) -> str:
        """A key that is nearly the one asked for, in words."""
        import difflib

        known = [format_route(leaf.route) for _, origins in self._profiles for leaf in origins.values.leaves()]
        near = difflib.get_close_matches(format_route(route), known, n=1)
        return f"; did you mean {near[0]}?" if near else ""

    def _near_field(self, kind: str, name: str, route: Route) -> str:
        """What is rendered that is nearly what was asked for, in words: a resource, or a field of it."""
        import difflib

        every = [found for profile, _ in self._profiles for found in self._of(profile).resources]
        names = sorted({str(found.ref) for found in every})
        ref = f"{kind}/{name}"
        if ref not in names:
            near = difflib.get_close_matches(ref, names, n=1)
            return f"; did you mean {near[0]}?" if near else ""
        leaves = [leaf.route for found in every if str(found.ref) == ref for leaf in leaves_of(dict(found.value))]
        fields = {format_route(leaf[:end]) for leaf in leaves for end in range(1, len(leaf) + 1)}
        near = difflib.get_close_matches(format_route(route), sorted(fields), n=1)
        return f" with a field {format_route(route)}" + (f"; did you mean {ref}:{near[0]}?" if near else "")


_NOTHING = "\ue002nothing"


def _collection(origins: Origins, route: Route) -> Json:
    """The list or mapping at a route; None where there is none."""
    value = value_at(origins.values.values, route)
    return value if isinstance(value, dict | list) else None


def _documents(sources: tuple[Source, ...]) -> Iterator[tuple[Source, YamlDocument | YamlProblem]]:
    for source in sources:
        if source.layer is Layer.RENDERED:
            for line, text in split_rendered(source.text):
                yield source, read_document(text, first_line=line)
