"""The ways in which a profile is rendered: for the newest Kubernetes version, and for older ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.helm.profiles import Profile
from todo_lint.helm.render import Rendered
from todo_lint.kubernetes.schemas import schema_store
from todo_lint.records import dataclass, replace
from todo_lint.stages.request import Settings


@dataclass(frozen=True, slots=True)
class Variant:
    """A profile as it is rendered for some Kubernetes versions, oldest first."""

    profile: Profile
    versions: tuple[str, ...]


def variants_of(
    profiles: tuple[Profile, ...], spans: tuple[tuple[str, ...], ...], settings: Settings
) -> tuple[Variant, ...]:
    """All renderings that profiles need, where ``spans`` are versions that one rendering serves, the newest first.

    The profiles themselves are made for the newest version.
    """
    newest, *older = spans
    return (
        *(Variant(profile, newest) for profile in profiles),
        *(Variant(profile_at(profile, span[-1], settings), span) for span in older for profile in profiles),
    )


def profile_at(profile: Profile, version: str, settings: Settings) -> Profile:
    """The profile, installed into a cluster of another version."""
    apis = (*schema_store(version).api_versions(), *settings.api_versions)
    options = replace(profile.options, kubernetes_version=version, api_versions=apis)
    return replace(profile, options=options, variant=f"Kubernetes {version}")


def distinct(
    variants: tuple[Variant, ...], rendered: Mapping[str, Rendered]
) -> Iterator[tuple[Profile, Rendered, tuple[str, ...]]]:
    """The renderings that differ, each with the versions that it is for: for each profile, the newest first."""
    for name in dict.fromkeys(variant.profile.name for variant in variants):
        held: tuple[Profile, Rendered, tuple[str, ...]] | None = None
        for variant in variants:
            found = rendered.get(variant.profile.key)
            if variant.profile.name != name:
                continue
            if held is not None and found is not None and _same(found, held[1]):
                held = held[0], held[1], (*variant.versions, *held[2])
                continue
            if held is not None:
                yield held
            held = None if found is None else (variant.profile, found, variant.versions)
        if held is not None:
            yield held


def renders_beside(variant: Variant, other: Variant, rendered: Mapping[str, Rendered]) -> bool:
    """Whether another profile renders for the same versions."""
    return other.versions == variant.versions and other.profile.key in rendered


def _same(one: Rendered, other: Rendered) -> bool:
    return one.files == other.files and one.crds == other.crds
