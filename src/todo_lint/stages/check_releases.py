"""The rules for which the release's name counts: who refers to whom, and how long names may get."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from todo_lint.helm.profiles import Profile
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.outside import Outside
from todo_lint.manifests.resources import ResourceSet
from todo_lint.rules.api import Context
from todo_lint.stages.apply_rules import RuleRunner
from todo_lint.stages.consequences import Consequences
from todo_lint.stages.graphs import GraphCheck, Spoken
from todo_lint.stages.other_releases import OtherReleases
from todo_lint.stages.profile_run import DocumentReader, ProfileRun
from todo_lint.stages.render_chart import ChartRenderer


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

    def check_graphs(self, runs: Mapping[str, ProfileRun], consequences: Consequences) -> Iterator[str]:
        """Apply the rules about who refers to whom, under the release's own name and under another.

        Yields a remark on each profile that was not looked at.
        """
        others = self._releases.resources()
        check = GraphCheck(self._rules, Spoken(consequences.divergences), consequences)
        for profile in self._profiles:
            run, other = runs.get(profile.name), others.get(profile.name)
            if run is None:
                continue
            if run.resources.unreadable:  # what lacks may be in them
                yield f"profile {profile.name}: since a document cannot be read, what refers to what was not checked"
                continue
            graph = self._graph(profile, run.resources)
            if other is None:
                check.check(graph, self._context_of(profile.name))
            else:
                further = self._graph(other.profile, other.resources)
                check.check(graph, self._context_of(profile.name), further, self._context_of(other.profile.name))

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
                check_long_names(self._rules, renderer, reader, run, other, told)

    def _graph(self, profile: Profile, resources: ResourceSet) -> Graph:
        options = profile.options
        return Graph(resources.resources, options.namespace, self._outside, options.release_name)
