"""Whether a server knows the kind of an object, and what to say when it does not."""

from __future__ import annotations

from typing import Any

from todo_lint.kubernetes.changes import is_changed_group, kind_changes, served
from todo_lint.kubernetes.lifecycle import lifecycle
from todo_lint.kubernetes.names import wrong_dns_1035_label, wrong_dns_subdomain
from todo_lint.kubernetes.problems import Problem, Skipped, missing, problem
from todo_lint.kubernetes.schemas import SchemaStore
from todo_lint.kubernetes.versions import minor_of
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
    known = _known_elsewhere(store, api_version, kind)
    if known is not None:
        return (known,)
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
    message = f"Kubernetes has no kind {quoted(kind)} in apiVersion {quoted(api_version)}"
    return (problem("unknown-kind", at, message, hint),)


def _known_elsewhere(store: SchemaStore, api_version: str, kind: str) -> Problem | None:
    """Say that an older or a newer version serves this kind."""
    minor = minor_of(store.version)
    end = lifecycle(api_version, kind)
    if end is not None and end.removed is not None and end.removed <= minor:
        message = f"{end.name} is not served any more, since Kubernetes 1.{end.removed}"
        return problem("removed-api", ("apiVersion",), message, end.hint)
    since = served(kind_changes(api_version, kind)).since
    if since is not None and since > minor:
        message = f"{kind} of {api_version} is not served before Kubernetes 1.{since}"
        return problem("api-too-new", ("apiVersion",), message, later_only(since))
    return None


def deprecation(value: dict[str, Any], minor: int) -> Problem | None:
    """Say that the API of an object is deprecated in this version, which still serves it."""
    end = lifecycle(value["apiVersion"], value["kind"])
    if end is None or end.deprecated is None or minor < end.deprecated:
        return None
    message = f"{end.name} is deprecated since Kubernetes 1.{end.deprecated}"
    if end.removed is not None:
        message += f" and gone in 1.{end.removed}"
    field = "apiVersion"
    return Problem("deprecated-api", (field,), message, end.hint, field=field, refused=False)


def later_only(since: int) -> str:
    """The hint for what only newer versions know."""
    return (
        f"require it (kubeVersion: {quoted(f'>=1.{since}.0-0')}), or render this only where "
        ".Capabilities.KubeVersion allows it"
    )


def _is_custom(store: SchemaStore, group: str, version: str, kind: str) -> bool:
    """Say whether a custom resource definition could define this kind."""
    if "." not in group or _is_bundled_group(store, group):
        return False
    well_formed = not wrong_dns_subdomain(group) and not wrong_dns_1035_label(version)
    return well_formed and len(kind) <= _LONGEST_KIND and _KIND.fullmatch(kind) is not None


def _is_bundled_group(store: SchemaStore, group: str) -> bool:
    """Say whether a group is Kubernetes' own, in this version or in another."""
    return is_changed_group(group) or any(api_version.rpartition("/")[0] == group for api_version, _ in store.kinds())
