"""How the rules of the Pod Security Standards say that something is forbidden."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route, VersionRange
from todo_lint.kubernetes.podsecurity import SecuredPod
from todo_lint.rules.api import Defect, Target


def forbidden(pod: SecuredPod, route: Route, what: str, hint: str = "") -> Defect:
    """The defect of a field of a pod, at ``route`` in it, that the level in force does not allow.

    ``what`` says what is there, or is not.
    """
    message = f"{what}, which the pod security level {pod.level.label} forbids"
    versions = VersionRange(pod.versions[0], pod.versions[-1]) if pod.versions else VersionRange()
    return Defect(message, Target((*pod.route, *route), pod.resource), hint, kubernetes=versions)


def missing(pod: SecuredPod, route: Route, what: str, hint: str = "") -> Defect:
    """The defect of a field of a pod that the level in force demands."""
    message = f"{what}, which the pod security level {pod.level.label} demands"
    versions = VersionRange(pod.versions[0], pod.versions[-1]) if pod.versions else VersionRange()
    return Defect(message, Target((*pod.route, *route), pod.resource), hint, kubernetes=versions)


def shown(route: Route) -> str:
    """A holder of a security context in words: the pod, or a container by its place: ``containers[0]``."""
    return "the pod" if len(route) < 2 else f"{route[1]}[{route[2]}]"


def contexts_with(pod: SecuredPod, name: str, *, at_pod: bool = True) -> Iterator[tuple[Route, object]]:
    """The routes and values of a field that is there, in all security contexts of a pod."""
    for context in pod.contexts(pod=at_pod):
        value = pod.get(*context, name)
        if value is not None:
            yield (*context, name), value
