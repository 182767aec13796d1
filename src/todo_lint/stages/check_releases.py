"""The rules for which the release's name counts: who refers to whom, and how long names may get."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from todo_lint.helm.profiles import Profile
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.outside import Outside
from todo_lint.manifests.resources import ResourceSet
from todo_lint.records import dataclass, replace
from todo_lint.rules.api import Context
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.consequences import Consequences
from todo_lint.stages.graphs import GraphCheck, Spoken
from todo_lint.stages.other_releases import OtherRelease, OtherReleases
from todo_lint.stages.profile_run import DocumentReader, ProfileRun
from todo_lint.stages.render_chart import ChartRenderer


@dataclass(frozen=True, slots=True)
class ReleaseRun:
    """What a profile renders, for the newest or for older Kubernetes versions.

    ``other`` is the same under another release name; None where it renders nothing else.
    """

    profile: Profile
    run: ProfileRun
    other: OtherRelease | None


class ReleaseCheck:
    """The check of one chart's profiles under several release names. ``context_of`` gives a profile's context."""

    def __init__(
        self,
        rules: RuleRunner,
        releases: OtherReleases,
        profiles: tuple[Profile, ...],
        outside: Outside,
        context_of: Callable[[str], Context],
    ) -> None:
        self._rules = rules
        self._releases = releases
        self._profiles = profiles
        self._outside = outside
        self._context_of = context_of
        self._graphs: list[Graph] = []  # kept, for what is known of one goes by its identity

    def check_graphs(
        self, runs: Mapping[str, ProfileRun], consequences: Consequences, older: tuple[ReleaseRun, ...] = ()
    ) -> Iterator[str]:
        """Apply the rules about who refers to whom, under the release's own name and under another.

        What is rendered otherwise for older Kubernetes versions is looked at as well. Yields a remark on each profile
        that was not looked at.
        """
        others = self._releases.resources()
        check = GraphCheck(self._rules, Spoken(consequences.divergences), consequences)
        differing = {one.profile.name for one in older}
        for profile in self._profiles:
            run, other = runs.get(profile.name), others.get(profile.name)
            if run is None:
                continue
            if run.resources.unreadable:  # what lacks may be in them
                yield f"profile {profile.name}: since a document cannot be read, what refers to what was not checked"
                continue
            self._check_graph(check, ReleaseRun(profile, run, other), dated=profile.name in differing)
        for one in older:
            if one.profile.name in runs and not one.run.resources.unreadable:
                self._check_graph(check, one, dated=True)

    def _check_graph(self, check: GraphCheck, one: ReleaseRun, *, dated: bool) -> None:
        """Apply the rules to one rendering; ``dated``: others of the profile are for other Kubernetes versions."""
        graph, context = self._graph(one.profile, one.run.resources), self._context_of(one.profile.name)
        if dated:
            context = replace(context, versions=one.run.versions, rendering=one.profile.key)
        if one.other is None:
            check.check(graph, context)
            return
        other, others = one.other.profile, self._context_of(one.other.profile.name)
        if dated:
            others = replace(others, versions=one.run.versions, rendering=other.key)
        check.check(graph, context, self._graph(other, one.other.resources), others)

    def check_long_names(
        self, runs: Mapping[str, ProfileRun], renderer: ChartRenderer, reader: DocumentReader
    ) -> None:
        """Apply the rule about names that exceed their limits under the longest release name."""
        from todo_lint.stages.long_names import check_long_names

        told: set[tuple[str, str, str]] = set()
        for profile in self._profiles:
            run = runs.get(profile.name)
            other = self._releases.under_longest(profile) if run else None
            if run is not None and other is not None:
                usual = self._releases.resources().get(profile.name)
                check_long_names(self._rules, renderer, reader, run, other, told, usual)

    def _graph(self, profile: Profile, resources: ResourceSet) -> Graph:
        options = profile.options
        graph = Graph(resources.resources, options.namespace, self._outside, options.release_name)
        self._graphs.append(graph)
        return graph
