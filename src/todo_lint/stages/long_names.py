"""Names and labels under the longest release name that Helm allows: which of them exceed their limits."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.kubernetes.problems import Problem
from todo_lint.kubernetes.validate import check_versions
from todo_lint.manifests.graph import Place, places
from todo_lint.manifests.resources import Resource
from todo_lint.patterns import pattern
from todo_lint.records import replace
from todo_lint.rules.api import LongName, Subject
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.other_releases import LONGEST_RELEASE, OtherRelease
from todo_lint.stages.profile_run import DocumentReader, ProfileRun, problems_of
from todo_lint.stages.render_chart import ChartRenderer, sources_of

_START = LONGEST_RELEASE[:24]
_TOKEN = pattern(rf"[\w.-]*{_START}[\w.-]*")
_SHORTEST_LIMIT = {"CronJob": 52, "StatefulSet": 52}
_USUAL_LIMIT = 63
_ABOUT_NAMES = frozenset({"invalid-name", "invalid-label", "invalid-value"})
_HASH = 11
"""What a StatefulSet's controller appends to its name in a label of its pods: a dash and up to ten digits."""


def check_long_names(
    rules: RuleRunner,
    renderer: ChartRenderer,
    reader: DocumentReader,
    run: ProfileRun,
    other: tuple[Profile, Rendered],
    told: set[tuple[str, str, str]],
    usual: OtherRelease | None = None,
) -> None:
    """Report what exceeds a limit in the rendering ``other`` under the longest name, and not in that of ``run``.

    ``told`` is what other profiles have shown: file, kind and field. It is not told again, and what is told is added.
    ``usual`` is the profile under a release name of usual length: it tells from which length on a name is too long.
    """
    profile, rendered = other
    texts = {name: text for name, text in rendered.files.items() if _may_exceed(text)}
    if not texts:
        return
    known = {
        (resource.source.file, resource.ref.kind, problem.rule, problem.field)
        for resource in run.resources.resources
        for problem in run.problems.get(id(resource), ())
    }
    resources = reader.resources(sources_of(renderer.chart, Rendered(texts)))
    found = []
    growth = _Growth(usual)
    for place, resource in places(resources.resources):
        for name in _exceeding(resource, run.kubernetes_version):
            name = replace(name, first=growth.first(place, name))
            spot = (resource.source.file, resource.ref.kind, name.field)
            if spot not in told and (*spot[:2], name.rule, name.field) not in known:
                told.add(spot)
                found.append(name)
    context = replace(run.context(resources=resources, rendering=profile.key), versions=())
    rules.apply(Subject.LONG_NAME, found, context)


class _Growth:
    """Tells from which length of the release's name on a name exceeds its limit.

    A name grows by a character with each of the release's, as long as nothing truncates it; where the usual helper
    does, at 63, and something is appended, it has exceeded its limit by then.
    """

    def __init__(self, usual: OtherRelease | None) -> None:
        self._by_place = dict(places(usual.resources.resources)) if usual is not None else {}
        self._length = len(usual.profile.options.release_name) if usual is not None else 0

    def first(self, place: Place, name: LongName) -> int:
        """The shortest length of the release's name for which a name is too long; 0 where it is not known."""
        twin = self._by_place.get(place)
        text = twin.get(*name.route) if twin is not None else None
        if not isinstance(text, str) or not name.limit:
            return 0
        return max(name.limit + 1 - (len(text) - self._length), 1)


def _may_exceed(text: str) -> bool:
    """Whether a rendered text holds a name, made of the release's, that is long enough to exceed a limit."""
    limit = _USUAL_LIMIT
    if any(f"kind: {kind}" in text for kind in _SHORTEST_LIMIT):
        limit = min(_SHORTEST_LIMIT.values())
    return any(len(token) > limit for token in _TOKEN.findall(text))


def _exceeding(resource: Resource, version: str) -> Iterator[LongName]:
    """The names and labels of a resource that are too long; each text once."""
    told: set[str] = set()
    (piece, *_) = check_versions(dict(resource.value), (version,))
    for problem in problems_of(piece) if _START in str(resource.value) else ():
        for route, text in _texts(resource, problem) if problem.rule in _ABOUT_NAMES else ():
            if _START in text and len(text) > _USUAL_LIMIT - _HASH and text not in told:
                told.add(text)
                own = _SHORTEST_LIMIT.get(resource.ref.kind, 0) if route == ("metadata", "name") else 0
                yield LongName(resource, route, text, own or _limit(problem.message), problem.rule, problem.field)
    name, limit = resource.ref.name, _USUAL_LIMIT - _HASH
    if resource.ref.kind == "StatefulSet" and _START in name and len(name) > limit and name not in told:
        yield LongName(resource, ("metadata", "name"), name, limit, "invalid-label", "metadata.name", by_pods=True)


def _texts(resource: Resource, problem: Problem) -> Iterator[tuple[Route, str]]:
    """The texts that a problem may be about: the value, or the key; of a mapping, such as labels, all its values."""
    value = resource.get(*problem.route)
    if problem.on_key:
        yield problem.route, str(problem.route[-1])
    elif isinstance(value, str):
        yield problem.route, value
    elif isinstance(value, dict):
        long = (item for item in value.items() if isinstance(item[1], str) and len(item[1]) > _USUAL_LIMIT)
        yield from (((*problem.route, key), str(text)) for key, text in long)


def _limit(message: str) -> int:
    """The limit that a message about length names; 0 where it is about something else."""
    before, mark, _ = message.rpartition(" are allowed")
    return int(before.rpartition("at most ")[2].split()[0]) if mark and "characters" in before else 0
