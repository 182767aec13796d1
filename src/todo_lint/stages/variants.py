"""The ways in which a profile is rendered: for the newest Kubernetes version, and for older ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.kubernetes.versions import minor_of
from todo_lint.records import dataclass, replace
from todo_lint.stages.request import Settings

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Variant:
    """A profile as it is rendered for some Kubernetes versions, oldest first.

    ``again``: for the same versions as before, to see what differs by itself.
    """

    profile: Profile
    versions: tuple[str, ...]
    again: bool = False


def variants_of(
    profiles: tuple[Profile, ...], spans: tuple[tuple[str, ...], ...], settings: Settings, *, twice: bool
) -> tuple[Variant, ...]:
    """All renderings that profiles need, where ``spans`` are versions that one rendering serves, the newest first.

    The profiles themselves are made for the newest version. The oldest follows, which tells most, in case that
    there is no time for all. ``twice``: what a rendering has by chance must be told from what the version does.
    """
    newest, *older = spans
    found = [Variant(profile, newest) for profile in profiles]
    for number, span in enumerate((*older[-1:], *older[:-1])):
        found += [Variant(profile_at(profile, span[-1], settings), span) for profile in profiles]
        if twice and number == 0:
            found += [Variant(replace(profile, variant="again"), newest, again=True) for profile in profiles]
    return tuple(found)


def profile_at(profile: Profile, version: str, settings: Settings) -> Profile:
    """The profile, installed into a cluster of another version."""
    apis = (*schema_store(version).api_versions(), *settings.api_versions)
    options = replace(profile.options, kubernetes_version=version, api_versions=apis)
    return replace(profile, options=options, variant=f"Kubernetes {version}")


Rendering = tuple[Profile, Rendered, tuple[str, ...]]
"""A rendering of a profile, and the versions that it is for, oldest first."""


@dataclass(frozen=True, slots=True)
class Distinct:
    """The renderings that differ: for each profile the newest first.

    ``lacking`` are the versions, by profile, of which nothing is known, because there was no time to render them.
    """

    renderings: tuple[Rendering, ...]
    lacking: Mapping[str, tuple[str, ...]]

    def remarks(self) -> Iterator[str]:
        """Say of what there is nothing known: the same versions of several profiles in one line."""
        names: dict[tuple[str, ...], list[str]] = {}
        for name, versions in self.lacking.items():
            names.setdefault(versions, []).append(name)
        for versions, profiles in names.items():
            shown = ", ".join(profiles[:MOST_SHOWN])
            if len(profiles) > MOST_SHOWN:
                shown += f" and {len(profiles) - MOST_SHOWN} other profiles"
            yield f"there was no time to render {shown} for Kubernetes {', '.join(versions)}"


def distinct(variants: tuple[Variant, ...], rendered: Mapping[str, Rendered], failed: Collection[str]) -> Distinct:
    """Tell which of the renderings differ. ``failed`` are the keys of those profiles that do not render.

    One that was not tried is taken for the same as its neighbours, where these are the same.
    """
    found: list[Rendering] = []
    lacking: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(variant.profile.name for variant in variants):
        own = [variant for variant in variants if variant.profile.name == name]
        again = next((rendered.get(variant.profile.key) for variant in own if variant.again), None)
        merged = _Merge(again)
        for variant in sorted(own, key=lambda variant: -minor_of(variant.versions[-1])):
            if not variant.again:
                merged.add(variant, rendered.get(variant.profile.key), variant.profile.key in failed)
        found += merged.renderings
        if merged.lacking:
            lacking[name] = merged.lacking
    return Distinct(tuple(found), lacking)


class _Merge:
    """Merges the renderings of one profile, which come newest first."""

    def __init__(self, again: Rendered | None) -> None:
        self.renderings: list[Rendering] = []
        self.lacking: tuple[str, ...] = ()
        self._again = again
        self._by_chance: Mapping[str, frozenset[int]] | None = None
        self._open = False
        self._waiting: tuple[str, ...] = ()

    def add(self, variant: Variant, rendering: Rendered | None, failed: bool) -> None:
        """Take the next older rendering; None: it failed, or was not tried."""
        if rendering is None:
            self._waiting = () if failed else (*variant.versions, *self._waiting)
            self.lacking = self.lacking if failed else (*variant.versions, *self.lacking)
            self._open = self._open and not failed
            return
        if self._open and self._same(rendering):
            profile, held, versions = self.renderings.pop()
            self.renderings.append((profile, held, (*variant.versions, *self._waiting, *versions)))
            self.lacking = tuple(version for version in self.lacking if version not in self._waiting)
        else:
            self.renderings.append((variant.profile, rendering, variant.versions))
        self._open, self._waiting = True, ()

    def _same(self, rendering: Rendered) -> bool:
        held = self.renderings[-1][1]
        if rendering.files.keys() != held.files.keys() or rendering.crds != held.crds:
            return False
        differing = [name for name, text in rendering.files.items() if text != held.files[name]]
        return not differing or all(self._differs_by_chance(name, rendering, held) for name in differing)

    def _differs_by_chance(self, name: str, one: Rendered, other: Rendered) -> bool:
        if self._again is None:
            return False
        if self._by_chance is None:
            newest = self.renderings[0][1]
            self._by_chance = {
                file: _differing_lines(text, self._again.files.get(file, "")) for file, text in newest.files.items()
            }
        lines = _differing_lines(one.files[name], other.files[name])
        return -1 not in lines and lines <= self._by_chance.get(name, frozenset())


def _differing_lines(one: str, other: str) -> frozenset[int]:
    """The numbers of the lines in which two texts differ; -1 where they have not as many lines."""
    if one == other:
        return frozenset()
    first, second = one.split("\n"), other.split("\n")
    if len(first) != len(second):
        return frozenset({-1})
    return frozenset(number for number, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1])


def renders_beside(variant: Variant, other: Variant, rendered: Mapping[str, Rendered]) -> bool:
    """Whether another profile renders for the same versions."""
    return other.versions == variant.versions and other.profile.key in rendered


def failed_for(
    variants: tuple[Variant, ...], rendered: Mapping[str, Rendered], failed: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """For which versions the profiles that do not render fail, oldest first, by the profile's key.

    One that was not tried is taken for failing as well where both its neighbours fail, or the only one it has.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(variant.profile.name for variant in variants):
        own = [variant for variant in variants if variant.profile.name == name and not variant.again]
        before, last = "", ""
        waiting: tuple[str, ...] = ()
        for variant in sorted(own, key=lambda variant: minor_of(variant.versions[-1])):
            key = variant.profile.key
            if key not in rendered and key not in failed:
                waiting = (*waiting, *variant.versions)
                continue
            if key in failed:
                taken = waiting if before in ("", "failed") else ()
                found[key] = (*taken, *variant.versions)
            before, waiting, last = "failed" if key in failed else "rendered", (), key
        if before == "failed":
            found[last] = (*found[last], *waiting)
    return found
