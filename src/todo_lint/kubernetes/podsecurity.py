"""The Pod Security Standards: which level holds for a pod, and what the rules of the standard look at.

Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/ and
https://kubernetes.io/docs/concepts/security/pod-security-admission/. The standard has versions, as Kubernetes has; a
server of an older version does not know the newer ones and applies its own.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator

from todo_lint.errors import UserError
from todo_lint.findings import Route
from todo_lint.kubernetes.versions import LATEST, minor_of
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import pod_route
from todo_lint.manifests.resources import Resource, ResourceSet, at, items_at, mapping_at
from todo_lint.patterns import pattern
from todo_lint.records import dataclass

LABEL = "pod-security.kubernetes.io/enforce"
VERSION_LABEL = "pod-security.kubernetes.io/enforce-version"
CONTAINERS = ("initContainers", "containers", "ephemeralContainers")
CHANGES = frozenset({8, 19, 22, 23, 25, 27, 29, 31, 32, 34, 35, 37})
"""The minor versions in which a control of the standard came or changed."""
_TEMPLATE_ROUTE: Route = ("template",)  # of the kind PodTemplate
_VERSION = pattern(r"v?1\.(0|[1-9][0-9]{0,3})")


class Level(enum.IntEnum):
    """A level of the standard; a higher one forbids more."""

    PRIVILEGED = 0
    BASELINE = 1
    RESTRICTED = 2

    @property
    def label(self) -> str:
        """The word that Kubernetes uses."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Policy:
    """A level, and the version of the standard: a minor version, or None for that of the server."""

    level: Level
    minor: int | None = None


@dataclass(frozen=True, slots=True)
class SecuredPod:
    """The pods of a resource, and what holds for them.

    ``route`` leads to what has their metadata and spec. ``minor`` is the version of the standard and ``versions`` are
    the Kubernetes versions for which it is that, oldest first.
    """

    resource: Resource
    route: Route
    level: Level
    minor: int
    versions: tuple[str, ...] = ()

    def since(self, minor: int) -> bool:
        """Whether the version of the standard is this one or newer."""
        if minor not in CHANGES:
            raise ValueError(f"1.{minor} is missing in CHANGES")
        return self.minor >= minor

    @property
    def is_restricted(self) -> bool:
        """Whether the level is restricted, which asks for more than baseline."""
        return self.level is Level.RESTRICTED

    @property
    def is_windows(self) -> bool:
        """Whether the pod says that it is for Windows, to which some controls do not apply since 1.25."""
        return self.since(25) and self.get("spec", "os", "name") == "windows"

    @property
    def has_user_namespace(self) -> bool:
        """Whether the pod has users of its own, for which some controls are relaxed since 1.35."""
        return self.since(35) and self.get("spec", "hostUsers") is False

    def get(self, *route: str | int) -> Json:
        """The value at a route in the pod, or None."""
        return at(dict(self.resource.value), (*self.route, *route))

    def items(self, *route: str | int) -> Iterator[tuple[Route, Json]]:
        """The items of a list in the pod, each with its route in the pod."""
        for number, item in enumerate(items_at(dict(self.resource.value), (*self.route, *route))):
            yield (*route, number), item

    def annotations(self) -> dict[str, Json]:
        """The annotations of the pod."""
        return mapping_at(dict(self.resource.value), (*self.route, "metadata", "annotations"))

    def containers(self) -> Iterator[Route]:
        """The routes in the pod of all its containers: those that start first, the others, and ephemeral ones."""
        for kind in CONTAINERS:
            for route, item in self.items("spec", kind):
                if isinstance(item, dict):
                    yield route

    def contexts(self, *, pod: bool = True) -> Iterator[Route]:
        """The routes in the pod of all security contexts that are there: that of the pod and those of containers."""
        holders: Iterable[Route] = (("spec",), *self.containers()) if pod else self.containers()
        for holder in holders:
            route = (*holder, "securityContext")
            if isinstance(self.get(*route), dict):
                yield route


def parse_policy(text: str) -> Policy | None:
    """The policy that a text such as ``restricted``, ``baseline:v1.30`` or ``baseline:latest`` names, or None.

    Raises:
        UserError: when it names a version of the standard that is newer than all that are known.
    """
    word, colon, version = text.partition(":")
    policy = _policy(word, version if colon else "latest")
    if policy is not None and policy.minor is not None and policy.minor > minor_of(LATEST):
        raise UserError(
            f"pod-security: {text}: the standard is known up to v{LATEST}: name such a version, or latest"
        )
    return policy


def _policy(word: str, version: str) -> Policy | None:
    level = next((level for level in Level if level.label == word), None)
    match = _VERSION.fullmatch(version)
    if level is None or (match is None and version != "latest"):
        return None
    return Policy(level, int(match[1]) if match else None)


def policy_of_namespace(namespace: Resource) -> Policy | None:
    """The policy that the labels of a Namespace enforce; None where it has none.

    As a server does, a level that is no level counts as restricted, and a version that is none as the latest.
    """
    labels = mapping_at(dict(namespace.value), ("metadata", "labels"))
    word, version = labels.get(LABEL), labels.get(VERSION_LABEL, "latest")
    if not isinstance(word, str) or not word:
        return None
    return _policy(word, str(version)) or _policy(word, "latest") or Policy(Level.RESTRICTED)


def secured_pods(
    resources: ResourceSet, policy: Policy | None, namespace: str, versions: tuple[str, ...]
) -> Iterator[SecuredPod]:
    """The pods that a policy holds for, once for each version of the standard that may judge them otherwise.

    The labels of a Namespace among the resources hold for the pods in it, ``policy`` for all; the stricter one wins.
    ``namespace`` is where resources go that name none; ``versions`` are those of the cluster, oldest first.
    """
    enforced = {found.ref.name: policy_of_namespace(found) for found in resources.of_kind("Namespace")}
    for resource in resources.resources:
        route = _TEMPLATE_ROUTE if resource.ref.kind == "PodTemplate" else pod_route(resource)
        if route is None:
            continue
        wanted = _stricter(policy, enforced.get(resource.ref.namespace or namespace))
        if wanted is None or wanted.level is Level.PRIVILEGED:
            continue
        for minor, span in standard_versions(wanted, versions):
            yield SecuredPod(resource, route, wanted.level, minor, span)


def _stricter(one: Policy | None, other: Policy | None) -> Policy | None:
    if one is None or other is None:
        return one or other
    return one if one.level >= other.level else other


def standard_versions(policy: Policy, versions: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The versions of the standard that servers of ``versions`` apply, each with these servers, newest first."""
    groups: dict[int, list[str]] = {}
    for version in reversed(versions):
        minor = minor_of(version) if policy.minor is None else min(policy.minor, minor_of(version))
        alike = max((change for change in CHANGES if change <= minor), default=0)
        groups.setdefault(alike, []).insert(0, version)
    for minor, span in groups.items():
        yield minor, tuple(span)
