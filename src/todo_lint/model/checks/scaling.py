"""Autoscalers and disruption budgets."""

from __future__ import annotations

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, at, items_at, text_at
from todo_lint.model.checks.common import Field, Inside, absent, check_field, resource_of
from todo_lint.model.deciding import Found, Spot, decide
from todo_lint.model.equality import same_percent, same_quantity, same_value
from todo_lint.model.evidence import Evidence, field, show
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import WORKLOADS, Prefix, Statement


def replica_bound(statement: Statement, evidence: Evidence) -> Outcome:
    """``minReplicas`` (1 where it is left out) and ``maxReplicas`` of an autoscaler."""
    key = statement.attribute
    default = 1 if key == "minReplicas" else None
    return _top_field(statement, evidence, Field(("spec", key), f"has the {key} {{}}", f"sets no {key}", default))


def disruption(statement: Statement, evidence: Evidence) -> Outcome:
    """``minAvailable`` and ``maxUnavailable`` of a disruption budget: a number or a percentage."""
    key = statement.attribute
    return _top_field(statement, evidence, Field(("spec", key), f"has the {key} {{}}", f"sets no {key}"))


def _top_field(statement: Statement, evidence: Evidence, wanted: Field) -> Outcome:
    resource = resource_of(statement, evidence)
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def target(statement: Statement, evidence: Evidence) -> Outcome:
    """What an autoscaler scales: ``Deployment/web``, or a name alone."""

    def same(stated: str, found: Json) -> bool:
        kind, _, name = stated.rpartition("/")
        actual, _, called = show(found).rpartition("/")
        kinds = [kind] if kind else [actual, *WORKLOADS]
        return (not kind or kind == actual) and any(evidence.pairing.same_name(k, name, called) for k in kinds)

    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    route = ("spec", "scaleTargetRef", "name")
    kind, name = resource.get("spec", "scaleTargetRef", "kind"), resource.get(*route)
    spots = (Spot(f"{show(kind)}/{show(name)}", field(resource, *route)),) if name else ()
    found = Found(spots, f"{resource.ref} scales {{}}", f"{resource.ref} scales nothing", field(resource, "spec"))
    return decide(statement, found, same)


def metric(statement: Statement, evidence: Evidence) -> Outcome:
    """A target of an autoscaler: ``metrics.cpu`` as the utilisation in percent, or as an average value."""
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    name = statement.attribute.removeprefix(Prefix.METRIC)
    found = [*_metrics(resource, name)]
    old = resource.get("spec", "targetCPUUtilizationPercentage") if name == "cpu" else None
    if old is not None:  # autoscaling/v1
        found.append(Spot(old, field(resource, "spec", "targetCPUUtilizationPercentage")))
    place = field(resource, "spec", "metrics")
    says, lacks = f"{resource.ref} aims at {{}} for {name}", f"{resource.ref} has no metric {name}"
    return decide(statement, Found(tuple(found), says, lacks, place), _same_target)


def _metrics(resource: Resource, name: str) -> list[Spot]:
    found = []
    for number, entry in enumerate(items_at(dict(resource.value), ("spec", "metrics"))):
        for source in ("resource", "containerResource", "pods", "object", "external"):
            called = text_at(entry, (source, "name")) or text_at(entry, (source, "metric", "name"))
            if called != name:
                continue
            for key in ("averageUtilization", "averageValue", "value"):
                value = at(entry, (source, "target", key))
                if value is not None:
                    found.append(Spot(value, field(resource, "spec", "metrics", number, source, "target", key)))
    return found


def _same_target(stated: str, found: Json) -> bool:
    return same_percent(stated, found) or same_value(stated, found) or same_quantity(stated, found)
