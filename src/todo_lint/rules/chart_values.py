"""The values of a chart, as the rules about them see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from todo_lint.findings import Layer, Location, Route
from todo_lint.helm.merged_values import Leaf, MergedValues, ValuesFile, leaves_of, routes_at, values_at
from todo_lint.helm.origins import Origins, decoded
from todo_lint.helm.rendered_fields import Field
from todo_lint.helm.subcharts import WholeChart
from todo_lint.helm.template_uses import TEMPLATES
from todo_lint.helm.value_uses import ITEM, Use, ValueUses
from todo_lint.kubernetes.words import nearest
from todo_lint.manifests.resources import Resource, ResourceSet, mapping_at
from todo_lint.model.statements import LATER, DataModel, Kind, Statement
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

GLOBAL = "global"


_SENSITIVE = pattern(
    r"passw|pwd|secret|token|credential|private|api_?-?key|dsn|connection|(database|db|redis|mongo)_?-?ur[il]", 2
)
_ALIAS = pattern(r"(?:[:\-\[,{]\s*)\*([^\s,\[\]{}]+)")
_ANCHOR = pattern(r"[^#]*?:\s+&(?P<name>[^\s,\[\]{}]+)")
_MEASURE = pattern(
    r"(expir(y|es?|ation|es_?in)|ttl|(life|max_?|idle_?)_?(time|age)|(time|dur)(out|ation)|interval|(milli)?seconds?|secs?"
    r"|minutes?|hours?|days?|length|size|rounds?|iterations?|count|limit|retries)$",
    2,
)
_NUMBER = pattern(r"\d+(\.\d+)?\s?[A-Za-z]{0,7}")
"""How long a token lives, or how long a password is, is known to everybody who has one."""
CONVENTIONAL = frozenset({"nameOverride", "fullnameOverride", "enabled"})
"""Top-level keys that charts have, or lack, by convention; ``enabled`` is for the chart that this one is part of."""


@dataclass(frozen=True, slots=True)
class SecretValue:
    """A leaf that is the whole value of a key in a Secret, and all fields that show its value."""

    leaf: Leaf
    secret: Resource
    key: str
    fields: tuple[Field, ...]


class ChartValues:
    """What the templates of a chart make of its values.

    ``origins`` and ``resources`` are those of the profiles that render, by name; ``model`` is the document, if there
    is one. Renderings are only made by ``origins``, where a rule asks for one.
    """

    def __init__(
        self,
        uses: ValueUses,
        origins: Mapping[str, Origins],
        resources: Mapping[str, ResourceSet],
        model: DataModel | None,
    ) -> None:
        self.uses = uses
        self.origins = origins
        self.resources = resources
        self.model = model
        self._secrets: dict[str, tuple[SecretValue, ...]] = {}

    @property
    def whole(self) -> WholeChart:
        """The chart with its subcharts."""
        return self.uses.chart

    @property
    def base(self) -> Origins:
        """The origins of the first profile that renders."""
        return next(iter(self.origins.values()))

    @property
    def defaults(self) -> MergedValues:
        """The values of the first profile that renders."""
        return self.base.values

    @cached_property
    def own_leaves(self) -> tuple[tuple[Leaf, Location], ...]:
        """The leaves that the chart's own values.yaml gives, with the place of each, those of subcharts set aside."""
        own = next((file for file in self.defaults.own_files if not file.scope), None)
        return tuple(self._leaves_of(own)) if own else ()

    def _leaves_of(self, own: ValuesFile) -> Iterator[tuple[Leaf, Location]]:
        for leaf in leaves_of(dict(own.values)):
            if not self.of_subchart(leaf.route):
                written = self.defaults.default(leaf.route)
                yield leaf, written.location if written else Location(own.name, None, None, Layer.VALUES)

    def of_subchart(self, route: Route) -> bool:
        """Whether a route leads to the values of a subchart."""
        return any(part.scope and route[: len(part.scope)] == part.scope for part in self.whole.parts)

    @cached_property
    def unread(self) -> frozenset[Route]:
        """The chart's own leaves that no template names, and that move nothing in any profile."""
        found = frozenset(leaf.route for leaf, _ in self.own_leaves if self._is_unnamed(leaf.route))
        for origins in self.origins.values():
            found = origins.unmoving(sorted(found, key=str), untried=True) if found else found
        return found

    def _is_unnamed(self, route: Route) -> bool:
        by_convention = len(route) == 1 and route[0] in CONVENTIONAL
        return not by_convention and not self.uses.names(route) and not self._is_repeated(route)

    def is_written_somewhere(self, route: Route) -> bool:
        """Whether a template writes a value on some condition, or values.yaml repeats it by an alias."""
        return self.uses.may_write(route) or self._is_repeated(route)

    def _is_repeated(self, route: Route) -> bool:
        """Whether values.yaml gives a value, or what it is in, an anchor, and repeats it elsewhere by that."""
        return any(route[:end] in self._anchored for end in range(1, len(route) + 1))

    @cached_property
    def _anchored(self) -> frozenset[Route]:
        """The routes of the chart's own values that have an anchor to which an alias refers."""
        own = next((file for file in self.defaults.own_files if not file.scope), None)
        if own is None or b"*" not in own.raw:
            return frozenset()
        lines = own.raw.decode("utf-8", "replace").split("\n")
        aliases = frozenset(found for line in lines for found in _ALIAS.findall(line))
        routes = {leaf.route[:end] for leaf in leaves_of(dict(own.values)) for end in range(1, len(leaf.route) + 1)}
        return (
            frozenset(route for route in routes if self._anchor(route, lines) in aliases) if aliases else frozenset()
        )

    def _anchor(self, route: Route, lines: list[str]) -> str | None:
        """The name of the anchor that stands behind the key at a route."""
        written = self.defaults.default(route)
        span = written.key if written else None
        found = _ANCHOR.match(lines[span.line - 1], span.column - 1) if span else None
        return found["name"] if found else None

    @cached_property
    def documented(self) -> Mapping[Route, Statement]:
        """The values keys that the document states for now, with the statement."""
        statements = self.model.statements if self.model else ()
        return {
            tuple(statement.attribute.split(".")): statement
            for statement in statements
            if statement.kind is Kind.VALUES and statement.understood and statement.modality not in LATER
        }

    def has(self, route: Route) -> bool:
        """Whether any profile's values have something at a route; an item ``[]`` is any that there is."""
        return any(True for one in self.origins.values() for _ in values_at(one.values.values, route))

    @cached_property
    def missing_uses(self) -> tuple[tuple[Route, Use], ...]:
        """The values that the chart's own templates name and nothing gives, with the first place that names each.

        What is named inside of one that is missing is missing with it, and is not told again. What a named template
        reads has to be missing in whatever it is given.
        """
        return tuple(self._missing_uses())

    def _missing_uses(self) -> Iterator[tuple[Route, Use]]:
        by_place: dict[tuple[str, int, int], list[Use]] = {}
        for use in self.uses.all:
            if use.file.startswith(TEMPLATES) and not self.uses.is_doubtful(use):
                by_place.setdefault((use.file, use.line, use.column), []).append(use)
        met: set[Route] = set()
        for _, uses in sorted(by_place.items()):
            missing = [route for use in uses if (route := self._first_missing(use)) is not None]
            if len(missing) == len(uses) and not met.intersection(missing):
                met.update(missing)
                yield missing[0], uses[0]

    def _first_missing(self, use: Use) -> Route | None:
        """The shortest part of a route that the values lack. A mapping that is empty is the user's to fill."""
        for end in range(1, len(use.route) + 1):
            if not self.has(use.route[:end]):
                around, key = use.route[: end - 1], use.route[end - 1]
                return None if use.scope else self._lacking(around, str(key))
        return None

    def _lacking(self, around: Route, key: str) -> Route | None:
        """The route of a key that the mapping at a route lacks, unless that is not worth telling.

        What an item of a list lacks may well be optional; so there it is told only of a key that is misspelt.
        """
        route = (*around, key)
        if route[0] == GLOBAL or route[0] in CONVENTIONAL or self.of_subchart(route) or key == ITEM:
            return None
        if around and self.uses.takes_whole(around):
            return None
        holders = list(values_at(self.defaults.values, around))
        if not holders or not all(isinstance(holder, dict) and holder for holder in holders):
            return None
        if ITEM in around and self.nearest_unread(route) is None:
            return None
        return (*next(routes_at(self.defaults.values, around)), key)

    def nearest_unread(self, route: Route) -> str | None:
        """The key beside a missing one that is written nearly like it, and that no template names."""
        around, key = route[:-1], str(route[-1])
        holders = [holder for holder in values_at(self.defaults.values, around) if isinstance(holder, dict)]
        keys = dict.fromkeys(name for holder in holders for name in holder)
        return nearest(key, [name for name in keys if not self.uses.names((*around, name))])

    def secrets(self, profile: str) -> tuple[SecretValue, ...]:
        """The leaves that are the whole value of a sensitive key of a Secret.

        Texts can be equal by chance: the leaf is changed, and has to turn up in that key.
        """
        if profile not in self._secrets:
            self._secrets[profile] = tuple(self._proved(profile))
        return self._secrets[profile]

    def _proved(self, profile: str) -> Iterator[SecretValue]:
        likely = list(self._equal_to_secrets(profile))
        origins = self.origins[profile]
        shown = origins.together(leaf.route for leaf, _, _ in likely)
        for leaf, secret, key in likely:
            effects = shown.get(leaf.route) or origins.together([leaf.route]).get(leaf.route, ())
            keys = [("data", key), ("stringData", key)]
            fields = tuple(effect.field for effect in effects)
            if any(field.resource == secret.ref and field.route in keys for field in fields):
                yield SecretValue(leaf, secret, key, fields)

    def _equal_to_secrets(self, profile: str) -> Iterator[tuple[Leaf, Resource, str]]:
        """The leaves whose texts are equal to values of sensitive keys, with the Secret and the key."""
        leaves: list[Leaf] | None = None
        for resource in self.resources[profile].of_kind("Secret"):
            if leaves is None:
                every = self.origins[profile].values.leaves()
                leaves = [leaf for leaf in every if isinstance(leaf.value, str) and leaf.value]
            for key, text in _contents(resource):
                for leaf in leaves if text else ():
                    if leaf.value == text and _is_sensitive(key, str(leaf.route[-1]), text):
                        yield leaf, resource, key


def _is_sensitive(key: str, name: str, text: str) -> bool:
    """Whether the key of a Secret, or the values key of the same text, is named like what only few may know."""
    measures = _MEASURE.search(key) or _MEASURE.search(name)
    return _SENSITIVE.search(f"{key} {name}") is not None and not (measures and _NUMBER.fullmatch(text))


def _contents(resource: Resource) -> Iterator[tuple[str, str]]:
    """The keys of a Secret with their values in the clear."""
    for key, value in mapping_at(dict(resource.value), ("stringData",)).items():
        yield key, value if isinstance(value, str) else ""
    for key, value in mapping_at(dict(resource.value), ("data",)).items():
        yield key, decoded(value) if isinstance(value, str) else ""
