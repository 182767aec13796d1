"""Helm's hooks: resources that Helm creates at certain moments, and not with the others.

Source: https://helm.sh/docs/topics/charts_hooks/.
"""

from __future__ import annotations

from todo_lint.manifests.resources import Resource, mapping_at

HOOK = "helm.sh/hook"
WEIGHT = "helm.sh/hook-weight"
DELETE_POLICY = "helm.sh/hook-delete-policy"
KNOWN_EVENTS = (
    "pre-install",
    "post-install",
    "pre-delete",
    "post-delete",
    "pre-upgrade",
    "post-upgrade",
    "pre-rollback",
    "post-rollback",
    "test",
    "test-success",
)
"""The hooks of Helm (HookEvent in pkg/release, and ``test-success``, which it reads as ``test``)."""


KNOWN_POLICIES = ("before-hook-creation", "hook-succeeded", "hook-failed")
"""When Helm deletes hooks (HookDeletePolicy in pkg/release)."""


def hook_events(resource: Resource) -> frozenset[str]:
    """The moments at which Helm creates a resource, such as ``pre-install``; empty for one that is no hook."""
    return _words(resource, HOOK)


def unknown_policies(resource: Resource) -> list[str]:
    """The words among a hook's delete policies that Helm does not know, in order of the alphabet."""
    return sorted(_words(resource, DELETE_POLICY).difference(KNOWN_POLICIES)) if hook_events(resource) else []


def _words(resource: Resource, annotation: str) -> frozenset[str]:
    """The words of an annotation that holds several, as Helm reads them."""
    written = mapping_at(dict(resource.value), ("metadata", "annotations")).get(annotation)
    if not isinstance(written, str):
        return frozenset()
    return frozenset(word.strip().lower() for word in written.split(",") if word.strip())


def unknown_events(resource: Resource) -> list[str]:
    """The words among a resource's hooks that Helm does not know, in order of the alphabet."""
    return sorted(hook_events(resource).difference(KNOWN_EVENTS))


def is_test(resource: Resource) -> bool:
    """Whether ``helm test`` creates the resource."""
    return bool(hook_events(resource) & {"test", "test-success", "test-failure"})


def hook_weight(resource: Resource) -> int:
    """The weight by which hooks of one moment are ordered; 0 where none, or no number, is given."""
    written = mapping_at(dict(resource.value), ("metadata", "annotations")).get(WEIGHT)
    try:
        return int(str(written))
    except ValueError:
        return 0
