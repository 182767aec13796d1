"""Holds each statement of a data model against one rendering."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from todo_lint.findings import Verdict
from todo_lint.model.checks import chart, configuration, entities, network, services, workloads
from todo_lint.model.evidence import Evidence, not_checkable
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Attribute, Kind, Statement

Check = Callable[[Statement, Evidence], Outcome]

_A = Attribute
CHECKS: Mapping[tuple[str, str], Check] = {
    (Kind.IMAGE, _A.NAME): entities.image_used,
    (Kind.IMAGE, _A.CONTAINER_PORT): entities.image_port,
    (Kind.DEPLOYMENT, _A.NAME): entities.name,
    (Kind.DEPLOYMENT, _A.REPLICAS): workloads.replicas,
    (Kind.DEPLOYMENT, _A.IMAGE): workloads.image,
    (Kind.DEPLOYMENT, _A.CONTAINER_PORT): workloads.container_port,
    (Kind.DEPLOYMENT, _A.REQUESTS_CPU): workloads.budget,
    (Kind.DEPLOYMENT, _A.REQUESTS_MEMORY): workloads.budget,
    (Kind.DEPLOYMENT, _A.LIMITS_CPU): workloads.budget,
    (Kind.DEPLOYMENT, _A.LIMITS_MEMORY): workloads.budget,
    (Kind.DEPLOYMENT, _A.ENV_FROM): workloads.env_sources,
    (Kind.SERVICE, _A.NAME): entities.name,
    (Kind.SERVICE, _A.NAMESPACE): entities.namespace,
    (Kind.SERVICE, _A.TYPE): services.service_type,
    (Kind.SERVICE, _A.PORT): services.port,
    (Kind.SERVICE, _A.TARGET_PORT): services.target_port,
    (Kind.SERVICE, _A.NODE_PORT): services.node_port,
    (Kind.SERVICE, _A.SELECTOR): services.selector,
    (Kind.CONFIG_MAP, _A.NAME): entities.name,
    (Kind.SECRET, _A.NAME): entities.name,
    (Kind.CHART, _A.NAME): chart.metadata,
    (Kind.CHART, _A.VERSION): chart.metadata,
    (Kind.CHART, _A.APP_VERSION): chart.metadata,
    (Kind.NETWORK, _A.EXTERNAL_ACCESS): network.external_access,
    (Kind.NETWORK, _A.DNS): network.cluster_dns,
    (Kind.NETWORK, _A.LOAD_BALANCING): network.load_balancing,
    (Kind.SECURITY, _A.SENSITIVE_DATA): configuration.sensitive_data,
}
"""The check of each attribute of each kind; keys of data and of values have checks of their own."""


def judge(statement: Statement, evidence: Evidence) -> Outcome:
    """Hold one statement against a rendering.

    What the document puts off is *later*, what was not understood stays so, and what no rendering shows (the
    base of an image, say) is *not checkable*.
    """
    if not statement.understood:
        return Outcome(statement, Verdict.NOT_UNDERSTOOD)
    if statement.later:
        return Outcome(statement, Verdict.LATER)
    check = _check(statement)
    return check(statement, evidence) if check else not_checkable(statement)


def _check(statement: Statement) -> Check | None:
    if statement.kind is Kind.VALUES:
        return chart.values_key
    if statement.attribute.startswith("data."):
        return configuration.config_map_key if statement.kind is Kind.CONFIG_MAP else configuration.secret_key
    return CHECKS.get((statement.kind, statement.attribute))
