"""Findings about rendered fields learn which values keys put the value there, and where those are written.

The template line names values; changing one and rendering again shows whether it is the one. So a finding costs a
rendering or two, and findings on one value cost nothing more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from todo_lint.findings import Exactness, Finding, Layer, Location, Related, Route, format_route
from todo_lint.helm.merged_values import value_at
from todo_lint.helm.origins import Origins
from todo_lint.helm.value_uses import ITEM, ValueUses
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import at
from todo_lint.records import dataclass, replace
from todo_lint.rules.api import Defect, Target
from todo_lint.stages.template_lines import TemplateFinder
from todo_lint.stages.value_origins import ChartOrigins

if TYPE_CHECKING:
    from todo_lint.stages.propose_fix import FixProposer

_EMPTY: tuple[Json, ...] = (None, "", [], {})
MOST_BY_VALUE = 6
"""How many leaves that hold the very value of a field are tried, where the template line names none."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The values behind a field: their routes in the merged values, of leaves, or of what stands there as a whole."""

    routes: tuple[Route, ...] = ()
    whole: bool = False


class FindingExplainer:
    """Explains findings about one chart."""

    def __init__(self, origins: ChartOrigins, templates: TemplateFinder, uses: ValueUses) -> None:
        self._uses = uses
        self._origins = origins
        self._templates = templates
        self._explained: dict[str, Explanation] = {}

    def explain(self, found: Sequence[tuple[Finding, Defect]]) -> list[Finding]:
        """The findings, each with the values keys behind it among what it relates, as far as they are known."""
        profiles: dict[Finding, set[str]] = {}
        for finding, _ in found:
            profiles.setdefault(finding.shared, set()).update(finding.profiles)
        return [
            self._with_fix(self._one(finding, defect, profiles[finding.shared]), finding, defect)
            for finding, defect in found
        ]

    def keys(self, finding: Finding, target: Target) -> Explanation:
        """The values behind the field that a finding is about."""
        resource = target.resource
        if resource is None or resource.source.layer is not Layer.RENDERED or not finding.profiles:
            return Explanation()
        origins = self._origins.of_profile(finding.profiles[0])
        return self._found(origins, finding, target) if origins else Explanation()

    def _found(self, origins: Origins, finding: Finding, target: Target) -> Explanation:
        """Search, unless the same line puts the same into the same field, in another profile of these values too."""
        assert target.resource is not None  # noqa: S101 - the caller has looked
        hints = self._hints(finding)
        values = [value_at(origins.values.values, hint, default="nothing") for hint in hints]
        value = at(dict(target.resource.value), target.route)
        profile = "" if hints else finding.profiles[0]
        same = repr((profile, finding.location, target.resource.ref, target.route, value, hints, values))
        if same not in self._explained:
            self._explained[same] = self._search(origins, hints, finding, target)
        return self._explained[same]

    @cached_property
    def _fixes(self) -> FixProposer:
        from todo_lint.stages.propose_fix import FixProposer

        def values_behind(finding: Finding, target: Target) -> tuple[Route, ...]:
            found = self.keys(finding, target)
            return () if found.whole else found.routes

        return FixProposer(self._origins, self._templates, values_behind)

    def _with_fix(self, explained: Finding, finding: Finding, defect: Defect) -> Finding:
        fix = self._fixes.propose(finding, defect) if defect.repairs else None
        return replace(explained, fix=fix) if fix else explained

    def _one(self, finding: Finding, defect: Defect, profiles: set[str]) -> Finding:
        target = defect.place
        told = any(related.location.layer is Layer.VALUES for related in finding.related)
        if told or not isinstance(target, Target) or target.resource is None:
            return finding  # a rule that names values keys itself knows best which one is wrong
        explanation = self.keys(finding, target)
        related = list(self._related(finding, explanation))
        if (
            len(profiles) == 1
            and self._origins.has_other_values(finding.profiles[0])
            and not any(r.given for r in related)
        ):
            related += self._given(finding, target)
        named = [Related(one.message, one.location) for one in related]
        return replace(finding, related=(*named, *finding.related)) if named else finding

    def _related(self, finding: Finding, explanation: Explanation) -> Iterator[_Named]:
        origins = self._origins.of_profile(finding.profiles[0]) if explanation.routes else None
        if origins is None:
            return
        words = "what stands here" if explanation.whole else "the value"
        if len(explanation.routes) > 1 and not explanation.whole:
            words = "part of the value"
        for route in explanation.routes:
            key = format_route(route)
            if value_at(origins.values.values, route, default=ITEM) in _EMPTY[1:]:  # null can be what is printed
                yield _named(origins, route, f"the values key {key} is empty; a value of it would stand here")
            else:
                yield _named(origins, route, f"{words} comes from the values key {key}")

    def _given(self, finding: Finding, target: Target) -> Iterator[_Named]:
        """The values of the only profile that shows a finding without which it would not be there."""
        profile = finding.profiles[0]
        origins = self._origins.of_profile(profile)
        if origins is None or target.resource is None:
            return
        for route in origins.given_for(target.resource.ref, target.route):
            key = format_route(route)
            yield _named(origins, route, f"only the profile {profile} shows this: it sets the values key {key}")

    def _search(self, origins: Origins, hints: list[Route], finding: Finding, target: Target) -> Explanation:
        assert target.resource is not None  # noqa: S101 - the caller has looked
        ref, route = target.resource.ref, target.route
        value = at(dict(target.resource.value), route)
        if isinstance(value, dict | list):
            wholes = [hint for hint in hints if self._stands_there(origins, hint, target)]
            return Explanation(tuple(dict.fromkeys(wholes)), whole=True)
        moved = origins.leaves_of_field(ref, route, hints)
        if not moved and (not hints or finding.location.exactness is Exactness.FILE):
            moved = origins.leaves_of_field(ref, route, list(_holding(origins, value)))
        # An empty value that could be given, too, has put nothing there as long as another one has. A key that the
        # template names and that is not there at all may be what is wrong.
        values = origins.values.values
        full = [one.route for one in moved if value_at(values, one.route, default=ITEM) not in _EMPTY]
        return Explanation(tuple(full or [one.route for one in moved]))

    def _stands_there(self, origins: Origins, hint: Route, target: Target) -> bool:
        """Whether a list or mapping of the values is written out at the target."""
        value = value_at(origins.values.values, hint)
        if target.resource is None or not isinstance(value, dict | list):
            return False
        leaves = origins.leaves_at(hint)[:2]
        return any(origins.of(leaf).moves(target.resource.ref, target.route) for leaf in leaves)

    def _hints(self, finding: Finding) -> list[Route]:
        """The values that the template line of a finding names, or the line of the named template behind it."""
        places = [finding.location, *(related.location for related in finding.related)]
        found: list[Route] = []
        for place in places:
            if place.layer is Layer.TEMPLATE and place.line is not None and place.exactness is not None:
                name = self._templates.name_of(place.file)
                found += [use.route for use in self._uses.on_line(name, place.line)] if name else []
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class _Named:
    """A values key in words, and where it is written; ``given``: by a file of the profile."""

    message: str
    location: Location
    given: bool


def _named(origins: Origins, route: Route, message: str) -> _Named:
    written = origins.values.written(route)
    if written is not None:
        default = origins.values.default(route)
        return _Named(message, written.location, default is None or default.file is not written.file)
    default = origins.values.default(route)
    if default is not None:
        return _Named(f"{message}, which an option sets", default.location, given=True)
    place = Location(origins.values.file, None, None, Layer.VALUES)
    known = value_at(origins.values.values, route, default=ITEM) != ITEM
    return _Named(f"{message}, which {'an option sets' if known else 'no file of values has'}", place, given=known)


def _holding(origins: Origins, value: Json) -> Iterator[Route]:
    """The leaves that hold the very value of a field, if it says something."""
    text = str(value)
    if value in (None, "") or isinstance(value, bool):
        return
    found = [leaf.route for leaf in origins.values.leaves() if str(leaf.value) == text]
    yield from found[:MOST_BY_VALUE]
