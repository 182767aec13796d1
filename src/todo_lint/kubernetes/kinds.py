"""Whether a server knows the kind of an object, and what to say when it does not."""

from __future__ import annotations

from typing import Any

from todo_lint.kubernetes.names import wrong_dns_1035_label, wrong_dns_subdomain
from todo_lint.kubernetes.problems import Problem, Skipped, missing, problem
from todo_lint.kubernetes.schemas import SchemaStore
from todo_lint.kubernetes.words import described, nearest, quoted
from todo_lint.patterns import pattern

_KIND = pattern(r"[A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?")
_LONGEST_KIND = 63


def identity_problems(value: dict[str, Any]) -> tuple[Problem, ...]:
    """Say what is wrong with apiVersion and kind as texts: each must be there and be a string."""
    found = []
    for name in ("apiVersion", "kind"):
        text = value.get(name)
        if text is None or text == "":
            found.append(missing((), name, f"the object has no {name}", "every Kubernetes object needs one"))
        elif not isinstance(text, str):
            found.append(problem("wrong-type", (name,), f"{name} is {described(text)}, a string is expected"))
    return tuple(found)


def unknown_kind(store: SchemaStore, api_version: str, kind: str) -> tuple[Problem, ...] | Skipped:
    """Judge an object whose kind has no bundled schema.

    A group that belongs to Kubernetes itself has just the kinds that are bundled, and only a group with a dot
    can come from a custom resource definition: an unknown kind of the former is a problem, one of the latter
    is skipped. Source: https://kubernetes.io/docs/reference/using-api/#api-groups.
    """
    group, _, version = api_version.rpartition("/")
    if _is_custom(store, group, version, kind):
        return Skipped(f"no schema for {api_version} {kind} is bundled")
    at = ("kind",)
    hint = ""
    others = store.api_versions_of(kind)
    if others:
        at, hint = ("apiVersion",), f"{kind} is in {' and '.join(others)}"
    else:
        meant = nearest(kind, dict.fromkeys(name for _, name in store.kinds()))
        hint = f"did you mean {meant}, in {' or '.join(store.api_versions_of(meant))}?" if meant else ""
    message = f"Kubernetes {store.version} has no kind {quoted(kind)} in apiVersion {quoted(api_version)}"
    return (problem("unknown-kind", at, message, hint),)


def _is_custom(store: SchemaStore, group: str, version: str, kind: str) -> bool:
    """Say whether a custom resource definition could define this kind."""
    if "." not in group or group in _bundled_groups(store):
        return False
    well_formed = not wrong_dns_subdomain(group) and not wrong_dns_1035_label(version)
    return well_formed and len(kind) <= _LONGEST_KIND and _KIND.fullmatch(kind) is not None


def _bundled_groups(store: SchemaStore) -> set[str]:
    return {api_version.rpartition("/")[0] for api_version, _ in store.kinds()}
