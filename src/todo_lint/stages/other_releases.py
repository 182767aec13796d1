"""The profiles of a chart under another release name, rendered while they are checked under their own."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.helm.failures import RenderFailure
from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.manifests.resources import ResourceSet
from todo_lint.records import dataclass, replace
from todo_lint.stages.profile_run import DocumentReader
from todo_lint.stages.render_chart import ChartRenderer, RenderedProfiles, sources_of

OTHER_RELEASE = "release-name"
"""The other release name: the one that ``helm template`` takes where none is given."""
_FURTHER = "other-release"
LONGEST_RELEASE = "longest-release-name-that-helm-takes-53-characters-xx"
"""A release name of 53 characters, the most that Helm allows."""
_LONGEST = "longest release name"


def under_other_name(profile: Profile) -> Profile:
    """The same installation under another release name."""
    name = OTHER_RELEASE if profile.options.release_name != OTHER_RELEASE else _FURTHER
    options = replace(profile.options, release_name=name)
    return replace(profile, name=f"{profile.name} as {name}", options=options)


def under_longest_name(profile: Profile) -> Profile:
    """The same installation under the longest release name that Helm allows."""
    return replace(profile, options=replace(profile.options, release_name=LONGEST_RELEASE), variant=_LONGEST)


@dataclass(frozen=True, slots=True)
class OtherRelease:
    """A profile under another release name, and what it renders."""

    profile: Profile
    resources: ResourceSet


class OtherReleases:
    """Renders profiles under another name. One that renders the same text under both has no other release."""

    def __init__(self, renderer: ChartRenderer, reader: DocumentReader, profiles: tuple[Profile, ...]) -> None:
        self._renderer = renderer
        self._reader = reader
        self._profiles = profiles
        self._own: Mapping[str, Rendered] = {}
        self._resources: dict[str, OtherRelease] | None = None
        self._failed: Mapping[str, RenderFailure] = {}
        self.rendered: Mapping[str, Rendered] = {}
        self.remarks: tuple[str, ...] = ()

    def start(self, rendered: Mapping[str, Rendered]) -> None:
        """Begin to render; ``rendered`` are the profiles under their own name."""
        self._own = rendered
        self._renderer.start_all(self._others(), self._extras())

    def _others(self) -> tuple[Profile, ...]:
        own = [profile for profile in self._profiles if profile.name in self._own]
        return (*map(under_other_name, own), *map(under_longest_name, own))

    def _extras(self) -> frozenset[str]:
        return frozenset(under_longest_name(profile).key for profile in self._profiles)

    def resources(self) -> Mapping[str, OtherRelease]:
        """What is rendered under the other name, by the name of the profile; the engine is waited for once."""
        if self._resources is None:
            renderings = (
                self._renderer.render_all(self._others(), self._extras()) if self._own else RenderedProfiles({}, {})
            )
            self.rendered = renderings.rendered
            self._failed = renderings.failed
            self.remarks = tuple(
                f"under this release name the chart does not render, and was not checked: {name}: {failure.message}"
                for name, failure in renderings.failed.items()
                if not name.endswith(f"({_LONGEST})")  # a chart may well refuse a name that is too long for it
            )
            self._resources = dict(self._read())
        return self._resources

    def ended_under(self, failure: RenderFailure) -> str:
        """Which rendering under another release name ended the engine by a failure; empty where it was none."""
        names = (name for name, found in self._failed.items() if found is failure)
        return next((f"profile {name}" for name in names), "")

    def under_longest(self, profile: Profile) -> tuple[Profile, Rendered] | None:
        """The rendering under the longest name; None where it is none, or the same as under the profile's own."""
        other = under_longest_name(profile)
        rendered = self.rendered.get(other.key)
        if rendered is None or rendered.files == self._own[profile.name].files:
            return None
        return other, rendered

    def _read(self) -> list[tuple[str, OtherRelease]]:
        found = []
        for profile in self._profiles:
            other = under_other_name(profile)
            rendered = self.rendered.get(other.name)
            if rendered is not None and rendered.files != self._own[profile.name].files:
                resources = self._reader.resources(sources_of(self._renderer.chart, rendered))
                found.append((profile.name, OtherRelease(other, resources)))
        return found
