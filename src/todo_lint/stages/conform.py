"""Holds a chart's renderings against its data model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from todo_lint.findings import Route
from todo_lint.helm.chart import Chart
from todo_lint.helm.metadata import read_mapping
from todo_lint.helm.set_values import merge
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import ResourceSet
from todo_lint.model.checks.chart import route_of
from todo_lint.model.conformance import judge
from todo_lint.model.contradictions import contradictions
from todo_lint.model.divergence import Conformance, Outcomes, Places, Rendering, Reruns, compare
from todo_lint.model.dockerfiles import Dockerfile
from todo_lint.model.evidence import Evidence, Moves, show
from todo_lint.model.outcomes import Outcome
from todo_lint.model.pairing import pair
from todo_lint.model.statements import DataModel, Statement
from todo_lint.model.undocumented import Undocumented, undocumented, undocumented_values
from todo_lint.model.unread import Unread, unread
from todo_lint.records import dataclass, field, replace

RenderValues = Callable[[Mapping[str, Json]], ResourceSet | None]
"""Renders the chart with values laid over its own, into resources; None where it does not render."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A checked profile: its resources, its own values, and what tells of an environment (see Rendering)."""

    resources: ResourceSet
    values: Mapping[str, Json]
    names: tuple[str, ...] = ()
    bound: bool = False


ShownBy = Callable[[Sequence[Route]], Mapping[Route, Places]]
"""The fields of the base rendering that show each of several values, by the routes to the values."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What statements are held against besides a rendering."""

    namespace: str
    namespace_given: bool = False
    chart: Chart | None = None
    dockerfiles: Mapping[str, Dockerfile] = field(default_factory=dict)
    moves: Moves | None = None
    neighbours: Callable[[], tuple[str, ...]] = tuple
    shown: ShownBy = lambda routes: {}


class Conformer:
    """Judges renderings of one chart (or plain manifests, without a chart) by one document."""

    def __init__(self, model: DataModel, around: Surroundings) -> None:
        self._model = model
        self._around = around
        chart = around.chart
        self._metadata = chart.metadata.raw if chart else None
        values = chart.files.get("values.yaml", b"") if chart else None
        self._defaults = read_mapping(values, chart.place("values.yaml")) if chart and values is not None else None

    def outcomes(
        self, resources: ResourceSet, moves: Moves | None = None, own: Mapping[str, Json] | None = None
    ) -> Outcomes:
        """The outcome of each statement for one rendering; ``moves`` tells what the values change in it, ``own`` are
        the values of its profile."""
        evidence = Evidence(
            self._model,
            resources,
            pair(self._model, resources),
            self._around.namespace,
            self._metadata,
            self._defaults,
            self._around.namespace_given,
            self._around.dockerfiles,
            moves or (lambda target: None),
            self._around.neighbours,
            own or {},
            self._makes,
        )
        return tuple(judge(statement, evidence) for statement in self._model.statements)

    def _makes(self, kind: str) -> bool:
        """Whether some template of the chart makes an object of a kind, or may do so."""
        from todo_lint.helm.template_kinds import kinds_in_templates

        kinds = kinds_in_templates(self._around.chart) if self._around.chart else frozenset()
        return kinds is None or kind in kinds

    def compare(
        self,
        base: ResourceSet,
        base_values: Mapping[str, Json],
        profiles: Mapping[str, Comparison],
        render: RenderValues,
    ) -> Conformance:
        """Compare all checked profiles with the base profile."""
        judged: dict[str, Outcomes | None] = {}

        def judge_values(key: str, values: Mapping[str, Json]) -> Outcomes | None:
            if key not in judged:
                resources = render(values)
                judged[key] = None if resources is None else self.outcomes(resources)
            return judged[key]

        def combined(profile: str) -> Outcomes | None:
            own = profiles[profile].values
            return judge_values(f"profile {profile}", merge(dict(base_values), dict(own)))

        def mended(statements: Sequence[Statement]) -> Outcomes | None:
            values = dict(base_values)
            for statement in statements:
                values = merge(values, self._documented(statement))
            return judge_values(" ".join(f"value {s.attribute}={s.value}" for s in statements), values)

        stated = self.outcomes(base, self._around.moves, base_values)

        def outcomes(of: Comparison) -> Outcomes:
            return stated if of.resources is base else self.outcomes(of.resources, own=of.values)

        compared = {
            name: Rendering(outcomes(profile), profile.names, profile.bound, frozenset(_texts(profile.values)))
            for name, profile in profiles.items()
        }

        def secret(profile: str, outcome: Outcome) -> bool:
            from todo_lint.stages.secrets import secret_texts

            resources = profiles[profile].resources.resources
            return any(text in outcome.actual for text in secret_texts(resources))

        def puts(statements: Sequence[Statement]) -> Sequence[Places]:
            routes = [route_of(statement.attribute, dict(self._defaults or {})) for statement in statements]
            shown = self._around.shown(routes)
            return [shown.get(route, frozenset()) for route in routes]

        reruns = Reruns(combined, mended, secret, puts)
        return compare(stated, compared, reruns, contradictions(self._model))

    def undocumented(
        self, profiles: Mapping[str, ResourceSet], conformance: Conformance, *, forbidden: bool
    ) -> Iterator[Undocumented]:
        """What the given profiles render and the document does not state; the keys of values.yaml where that is
        forbidden."""
        spared = [outcome for divergence in conformance.divergences for outcome in divergence.outcomes]
        merged: dict[tuple[object, ...], tuple[Undocumented, list[str]]] = {}
        for name, resources in profiles.items():
            for found in undocumented(self._model, resources, pair(self._model, resources), spared):
                key = (found.kind, tuple(item.name for item in found.items))
                merged.setdefault(key, (found, []))[1].append(name)
        for found, names in merged.values():
            yield replace(found, profiles=tuple(filter(None, names)), forbidden=forbidden)
        if forbidden and self._defaults:
            keys = tuple(undocumented_values(self._model, self._defaults))
            if keys:
                yield Undocumented("values key", keys, forbidden=True)

    def unread(self, resources: ResourceSet) -> Unread | None:
        """The lines of the document that name what is rendered, and of which nothing is read."""
        return unread(self._model, resources, self._defaults)

    def _documented(self, statement: Statement) -> dict[str, Json]:
        """Values that set a values key as the document states it, in the type that values.yaml uses for it."""
        from todo_lint.kubernetes_yaml.document import YamlDocument
        from todo_lint.kubernetes_yaml.reader import read_document
        from todo_lint.manifests.resources import at

        steps = statement.attribute.split(".")
        value: Json = statement.value
        if not isinstance(at(dict(self._defaults or {}), tuple(steps)), str):
            read = read_document(statement.value)
            value = read.value if isinstance(read, YamlDocument) else statement.value
        for step in reversed(steps):
            value = {step: value}
        return value if isinstance(value, dict) else {}


def _texts(value: Json | Mapping[str, Json]) -> Iterator[str]:
    """The scalars in values, as messages show them."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    else:
        yield show(value)
