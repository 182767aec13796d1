"""Fields without a check of their own: security contexts, and any field by its route."""

from __future__ import annotations

import re

from todo_lint.findings import Route, format_route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pods import pod_route
from todo_lint.manifests.resources import Resource, at, text_at
from todo_lint.model.checks.common import Field, Inside, absent, check_field, container_of, pod_of, resource_of
from todo_lint.model.deciding import Found, Spot, decide
from todo_lint.model.equality import same_list, same_quantity, same_value
from todo_lint.model.evidence import Evidence, field
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Prefix, Statement

_QUANTITIES = frozenset({"limits", "requests", "hard", "capacity", "sizeLimit"})
"""Fields whose values, or those below them, are quantities."""


_FILLED_IN: dict[str, Json] = {
    "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst", "schedulerName": "default-scheduler",
    "hostNetwork": False, "hostPID": False, "hostIPC": False, "enableServiceLinks": True,
    "shareProcessNamespace": False,
    "completions": 1, "parallelism": 1, "backoffLimit": 6, "completionMode": "NonIndexed", "suspend": False,
    "concurrencyPolicy": "Allow", "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 1,
    "revisionHistoryLimit": 10, "minReadySeconds": 0, "progressDeadlineSeconds": 600,
    "podManagementPolicy": "OrderedReady", "sessionAffinity": "None", "internalTrafficPolicy": "Cluster",
    "publishNotReadyAddresses": False, "volumeMode": "Filesystem", "persistentVolumeReclaimPolicy": "Retain",
}  # fmt: skip
"""The fields that Kubernetes fills in, by names that mean one field each (API reference: PodSpec, JobSpec,
CronJobSpec, DeploymentSpec, StatefulSetSpec, ServiceSpec, PersistentVolumeSpec)."""


_AUTOMOUNT = "automountServiceAccountToken"


def _token_mounted(resource: Resource, evidence: Evidence) -> bool:
    """Whether a pod that does not say so itself mounts a token: as its service account has it, else it does.

    https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
    """
    account = text_at(dict(resource.value), (*(pod_route(resource) or ()), "spec", "serviceAccountName")) or "default"
    found = evidence.resources.find(Kind.SERVICE_ACCOUNT, account)
    return found is None or found.get(_AUTOMOUNT) is not False


def security_context(statement: Statement, evidence: Evidence) -> Outcome:
    """A field of the container's security context, else of the pod's (the container's wins, v1 SecurityContext)."""
    inside, pod = container_of(statement, evidence), pod_of(statement, evidence)
    if inside is None or pod is None:
        return absent(statement, evidence)
    steps: Route = ("securityContext", *statement.attribute.removeprefix(Prefix.SECURITY_CONTEXT).split("."))
    what = ".".join(map(str, steps[1:]))
    found = [spot for part, route in ((inside, steps), (pod, ("spec", *steps))) if (spot := part.spot(*route))]
    place = field(inside.resource, *inside.route, "securityContext")
    says = f"{inside.name} sets {what} of the security context to {{}}"
    lacks = f"{inside.name} sets no {what} in a security context"
    return decide(statement, Found(tuple(found[:1]), says, lacks, place), _same, evidence)


def _same(stated: str, found: Json) -> bool:
    return same_value(stated, found) or (isinstance(found, list) and same_list(stated, found))


def api_version(statement: Statement, evidence: Evidence) -> Outcome:
    """The resource's apiVersion."""
    resource = resource_of(statement, evidence)
    wanted = Field(("apiVersion",), "has the apiVersion {}", "has no apiVersion")
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def secret_type(statement: Statement, evidence: Evidence) -> Outcome:
    """The type of a Secret; Opaque where it is left out (v1 Secret)."""
    resource = resource_of(statement, evidence)
    wanted = Field(("type",), "has the type {}", "sets no type", "Opaque")
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def any_field(statement: Statement, evidence: Evidence) -> Outcome:
    """A field by its route from the top of the resource; a step through a list is ``[name]`` or ``[0]``.

    Where a list is stated, its items may stand in any order. What is left out has the value that Kubernetes fills in.
    """
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    route = _route(resource, statement.attribute)
    route = _of_container(route, container_of(statement, evidence)) if route else None
    value = at(dict(resource.value), route) if route else None
    if value is None and route and at(dict(resource.value), route[:-1]) is not None:
        value = _token_mounted(resource, evidence) if route[-1] == _AUTOMOUNT else _FILLED_IN.get(str(route[-1]))
    shown = format_route(route) if route else statement.attribute
    place = field(resource, *(route or ("spec",)))
    spots = () if value is None else (Spot(value, place),)
    found = Found(spots, f"{resource.ref} sets {shown} to {{}}", f"{resource.ref} sets no {shown}", place)
    is_quantity = bool(route and _QUANTITIES.intersection(map(str, route)))
    return decide(statement, found, same_quantity if is_quantity else _same, evidence)


def _route(resource: Resource, attribute: str) -> Route | None:
    """The route that an attribute means in a resource; None where one of its steps leads nowhere."""
    value: Json = dict(resource.value)
    route: list[str | int] = []
    for step in re.findall(r"\[[^\]]*\]|[^.\[\]]+", attribute):
        found = _item(value, step[1:-1]) if step.startswith("[") and isinstance(value, list) else step.strip("[]")
        if found is None:
            return None
        route.append(found)
        value = at(value, (found,))
    return tuple(route)


def _of_container(route: Route, described: Inside | None) -> Route:
    """A route into the first container as one into the container that is described: a fragment names none."""
    container = described.route if described is not None else ()
    depth = len(container)
    first = (*container[:-1], 0)
    return (*container, *route[depth:]) if container[-2:-1] == ("containers",) and route[:depth] == first else route


def _item(items: list[Json], wanted: str) -> int | None:
    """The place of a list's item: by number, else by its name or its value."""
    if wanted.isdigit():
        return int(wanted)
    keys = ("name", "key", "host", "path", "mountPath")
    for number, item in enumerate(items):
        if item == wanted or any(at(item, (key,)) == wanted for key in keys):
            return number
    return None
