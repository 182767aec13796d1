"""Holds each statement of a data model against one rendering."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import cast

from todo_lint.findings import Verdict
from todo_lint.model.evidence import Evidence, not_checkable
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import NO_RESOURCES, WORKLOADS, Attribute, Kind, Modality, Prefix, Statement
from todo_lint.records import replace

Check = Callable[[Statement, Evidence], Outcome]

_A = Attribute
_WORKLOAD: Mapping[str, str] = {
    _A.REPLICAS: "workloads.replicas",
    _A.IMAGE: "containers.image",
    _A.IMAGE_REPOSITORY: "containers.image_repository",
    _A.IMAGE_TAG: "containers.image_tag",
    _A.IMAGE_PULL_POLICY: "containers.pull_policy",
    _A.CONTAINER_PORT: "containers.container_port",
    _A.REQUESTS_CPU: "containers.budget",
    _A.REQUESTS_MEMORY: "containers.budget",
    _A.LIMITS_CPU: "containers.budget",
    _A.LIMITS_MEMORY: "containers.budget",
    _A.ENV_FROM: "environment.env_sources",
    _A.SERVICE_ACCOUNT: "workloads.service_account",
    _A.RESTART_POLICY: "workloads.restart_policy",
    _A.STRATEGY: "workloads.strategy",
    _A.COMMAND: "containers.command",
    _A.SERVICE_NAME: "workloads.governing_service",
    _A.SCHEDULE: "workloads.schedule",
    _A.SELECTOR: "workloads.selector",
    _A.SIZE: "storage.size",
    _A.ACCESS_MODE: "storage.access_mode",
    _A.STORAGE_CLASS: "storage.storage_class",
}
_OF_KIND: Mapping[str, Mapping[str, str]] = {
    Kind.IMAGE: {
        _A.NAME: "images.image_used",
        _A.CONTAINER_PORT: "images.image_port",
        _A.BASE: "images.base",
        _A.RUNTIME: "images.runtime",
        _A.IMAGE_TAG: "images.image_tag",
        _A.IMAGE_PULL_POLICY: "images.pull_policy",
    },
    Kind.SERVICE: {
        _A.TYPE: "services.service_type",
        _A.PORT: "services.port",
        _A.TARGET_PORT: "services.target_port",
        _A.NODE_PORT: "services.node_port",
        _A.PROTOCOL: "services.protocol",
        _A.SELECTOR: "workloads.selector",
        _A.CLUSTER_IP: "services.cluster_ip",
    },
    Kind.INGRESS: {
        _A.HOST: "ingresses.host",
        _A.PATH: "ingresses.path",
        _A.PATH_TYPE: "ingresses.path_type",
        _A.BACKEND_SERVICE: "ingresses.backend_service",
        _A.BACKEND_PORT: "ingresses.backend_port",
        _A.INGRESS_CLASS: "ingresses.ingress_class",
        _A.TLS: "ingresses.tls",
    },
    Kind.PERSISTENT_VOLUME_CLAIM: {
        _A.TYPE: "entities.exists",
        _A.SIZE: "storage.size",
        _A.ACCESS_MODE: "storage.access_mode",
        _A.STORAGE_CLASS: "storage.storage_class",
    },
    Kind.PERSISTENT_VOLUME: {
        _A.SIZE: "storage.size",
        _A.ACCESS_MODE: "storage.access_mode",
        _A.STORAGE_CLASS: "storage.storage_class",
    },
    Kind.HORIZONTAL_POD_AUTOSCALER: {
        _A.MIN_REPLICAS: "scaling.replica_bound",
        _A.MAX_REPLICAS: "scaling.replica_bound",
        _A.TARGET: "scaling.target",
    },
    Kind.POD_DISRUPTION_BUDGET: {
        _A.MIN_AVAILABLE: "scaling.disruption",
        _A.MAX_UNAVAILABLE: "scaling.disruption",
        _A.SELECTOR: "workloads.selector",
    },
    Kind.SECRET: {_A.TYPE: "fields.secret_type"},
    Kind.NETWORK_POLICY: {_A.SELECTOR: "workloads.selector"},
    Kind.CHART: {
        _A.NAME: "chart.metadata",
        _A.VERSION: "chart.metadata",
        _A.APP_VERSION: "chart.metadata",
        _A.DESCRIPTION: "chart.metadata",
        _A.API_VERSION: "chart.metadata",
        _A.KUBE_VERSION: "chart.kube_version",
        _A.TYPE: "chart.metadata",
    },
    Kind.NETWORK: {
        _A.EXTERNAL_ACCESS: "network.external_access",
        _A.DNS: "network.cluster_dns",
        _A.LOAD_BALANCING: "network.load_balancing",
    },
    Kind.SECURITY: {_A.SENSITIVE_DATA: "configuration.sensitive_data"},
    **dict.fromkeys(WORKLOADS, _WORKLOAD),
}
_OF_ANY_RESOURCE: Mapping[str, str] = {
    _A.NAME: "entities.name",
    _A.EXISTS: "entities.exists",
    _A.NAMESPACE: "entities.namespace",
    _A.API_VERSION: "fields.api_version",
}
_BY_PREFIX: tuple[tuple[str, str], ...] = (
    (Prefix.LABEL, "labels.label"),
    (Prefix.POD_LABEL, "labels.pod_label"),
    (Prefix.ANNOTATION, "labels.annotation"),
    (Prefix.ENV_SOURCE, "environment.variable_source"),
    (Prefix.ENV, "environment.variable"),
    (Prefix.LIVENESS, "probes.probe"),
    (Prefix.READINESS, "probes.probe"),
    (Prefix.STARTUP, "probes.probe"),
    (Prefix.PROBE, "probes.any_probe"),
    (Prefix.SECURITY_CONTEXT, "fields.security_context"),
    (Prefix.VOLUME, "workloads.volume"),
    (Prefix.MOUNT, "containers.mount"),
    (Prefix.METRIC, "scaling.metric"),
    (Prefix.SPEC, "fields.any_field"),
)
"""The module and function of each check, below ``todo_lint.model.checks``: only those that a document needs are
imported."""


def judge(statement: Statement, evidence: Evidence) -> Outcome:
    """Hold one statement against a rendering.

    What the document puts off is *later* (with a target where it is rendered already, and differs), and so is an
    option that the chart does not take up or takes up differently; what was not
    understood stays so, and what no rendering shows (what an image depends on, say) is *not checkable*.
    """
    if not statement.understood:
        return Outcome(statement, Verdict.NOT_UNDERSTOOD)
    if statement.modality is Modality.FUTURE:
        return _ahead(statement, evidence)
    name = check_of(statement)
    outcome = _load(name)(statement, evidence) if name else not_checkable(statement, "no rendering shows this")
    return _later(outcome) if statement.modality is Modality.OPTIONAL and outcome.diverges else outcome


def _ahead(statement: Statement, evidence: Evidence) -> Outcome:
    """What is put off is *later*; where an entity of that name is rendered all the same, it is looked at."""
    resource = evidence.resources.find(statement.kind, statement.name) if statement.name else None
    name = check_of(statement)
    if resource is None or name is None:
        return Outcome(statement, Verdict.LATER)
    there = {**evidence.pairing.resources, (statement.kind, statement.name): resource}
    return _later(_load(name)(statement, replace(evidence, pairing=replace(evidence.pairing, resources=there))))


def _later(outcome: Outcome) -> Outcome:
    """A verdict on what need not be there: what it has differently is told, what it lacks is not."""
    if outcome.verdict is Verdict.VIOLATED:
        return replace(outcome, verdict=Verdict.LATER, entity="")
    return Outcome(outcome.statement, Verdict.LATER, outcome.message if outcome.diverges else "")


def check_of(statement: Statement) -> str | None:
    """The check of a statement, as module and function; None where nothing can be held against it."""
    kind, attribute = statement.kind, statement.attribute
    if kind == Kind.VALUES:
        return "chart.values_key"
    own = _OF_KIND.get(kind, {}).get(attribute)
    if own or kind in NO_RESOURCES:
        dependency = kind == Kind.CHART and attribute.startswith(Prefix.DEPENDENCY)
        return own or ("chart.dependency" if dependency else None)
    if attribute.startswith(Prefix.DATA):
        return "configuration.secret_key" if kind == Kind.SECRET else "configuration.config_map_key"
    return _OF_ANY_RESOURCE.get(attribute) or next(
        (check for prefix, check in _BY_PREFIX if attribute.startswith(prefix)), None
    )


@cache
def _load(name: str) -> Check:
    module, _, function = name.partition(".")
    return cast("Check", getattr(import_module(f"todo_lint.model.checks.{module}"), function))


CHECKS: Mapping[tuple[str, str], str] = {
    (kind, attribute): check for kind, checks in _OF_KIND.items() for attribute, check in checks.items()
}
"""The check of each attribute that only some kinds have, by kind and attribute."""
