"""The profiles of a chart under another release name, rendered while they are checked under their own."""

from __future__ import annotations

from collections.abc import Mapping

from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.manifests.resources import ResourceSet
from todo_lint.records import dataclass, replace
from todo_lint.stages.profile_run import DocumentReader
from todo_lint.stages.render_chart import ChartRenderer, RenderedProfiles, sources_of

OTHER_RELEASE = "release-name"
"""The other release name: the one that ``helm template`` takes where none is given."""
_FURTHER = "other-release"


def under_other_name(profile: Profile) -> Profile:
    """The same installation under another release name."""
    name = OTHER_RELEASE if profile.options.release_name != OTHER_RELEASE else _FURTHER
    options = replace(profile.options, release_name=name)
    return replace(profile, name=f"{profile.name} as {name}", options=options)


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
        self.rendered: Mapping[str, Rendered] = {}
        self.remarks: tuple[str, ...] = ()

    def start(self, rendered: Mapping[str, Rendered]) -> None:
        """Begin to render; ``rendered`` are the profiles under their own name."""
        self._own = rendered
        self._renderer.start_all(self._others())

    def _others(self) -> tuple[Profile, ...]:
        return tuple(under_other_name(profile) for profile in self._profiles if profile.name in self._own)

    def resources(self) -> Mapping[str, OtherRelease]:
        """What is rendered under the other name, by the name of the profile; the engine is waited for once."""
        if self._resources is None:
            renderings = self._renderer.render_all(self._others()) if self._own else RenderedProfiles({}, {})
            self.rendered = renderings.rendered
            self.remarks = tuple(
                f"under this release name the chart does not render, and was not checked: {name}: {failure.message}"
                for name, failure in renderings.failed.items()
            )
            self._resources = dict(self._read())
        return self._resources

    def _read(self) -> list[tuple[str, OtherRelease]]:
        found = []
        for profile in self._profiles:
            other = under_other_name(profile)
            rendered = self.rendered.get(other.name)
            if rendered is not None and rendered.files != self._own[profile.name].files:
                resources = self._reader.resources(sources_of(self._renderer.chart, rendered))
                found.append((profile.name, OtherRelease(other, resources)))
        return found
