"""Replicas, strategy, pods and schedule of the documented workloads."""

from __future__ import annotations

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at
from todo_lint.model.checks.common import Field, Inside, absent, check_field, pod_of, resource_of
from todo_lint.model.deciding import Found, Spot, decide, expected, within
from todo_lint.model.evidence import Evidence, field, holds, show, violated
from todo_lint.model.naming import fits
from todo_lint.model.outcomes import Outcome
from todo_lint.model.statements import Kind, Modality, Statement


def replicas(statement: Statement, evidence: Evidence) -> Outcome:
    """``spec.replicas``; Kubernetes fills in 1 where it is left out (apps/v1 DeploymentSpec).

    Where an autoscaler sets the number, any number that it can set agrees.
    """
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    written = resource.get("spec", "replicas")
    scaler = _autoscaler(resource, evidence) if written is None else None
    if scaler and statement.value:
        bounds = (show(scaler.get("spec", "minReplicas") or 1), show(scaler.get("spec", "maxReplicas") or ""))
        ranged = statement.modality is Modality.RANGE and within(statement.bounds, bounds[0])
        if ranged or within(bounds, statement.value):
            return holds(statement, field(scaler, "spec", "minReplicas"))
    actual = 1 if written is None else written
    number = f"{{}} replica{'' if actual == 1 else 's'}{' by default' if written is None else ''}"
    place = field(resource, "spec", "replicas")
    found = Found((Spot(actual, place),), f"{resource.ref} has {number}", "", place)
    return decide(statement, found, evidence=evidence)


def _autoscaler(workload: Resource, evidence: Evidence) -> Resource | None:
    for scaler in evidence.resources.of_kind("HorizontalPodAutoscaler"):
        target = mapping_at(scaler.get("spec", "scaleTargetRef"))
        if (target.get("kind"), target.get("name")) == (workload.ref.kind, workload.ref.name):
            return scaler
    return None


def strategy(statement: Statement, evidence: Evidence) -> Outcome:
    """How pods are replaced: ``strategy.type`` of a Deployment, ``updateStrategy.type`` of the others; RollingUpdate
    where it is left out."""
    resource = resource_of(statement, evidence)
    key = "strategy" if resource is None or resource.ref.kind == "Deployment" else "updateStrategy"
    wanted = Field(("spec", key, "type"), f"has the {key} {{}}", f"sets no {key}", "RollingUpdate", _same_words)
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def _same_words(stated: str, found: Json) -> bool:
    """``Rolling update`` is RollingUpdate."""
    return "".join(stated.lower().split()) == show(found).lower()


def restart_policy(statement: Statement, evidence: Evidence) -> Outcome:
    """``restartPolicy`` of the pod; Always where it is left out (v1 PodSpec)."""
    wanted = Field(("spec", "restartPolicy"), "has the restartPolicy {}", "sets no restartPolicy", "Always")
    return check_field(statement, evidence, pod_of(statement, evidence), wanted)


def service_account(statement: Statement, evidence: Evidence) -> Outcome:
    """``serviceAccountName`` of the pod; ``default`` where it is left out."""

    def same(stated: str, found: Json) -> bool:
        return evidence.pairing.same_name(Kind.SERVICE_ACCOUNT, stated, show(found))

    says = "runs as the service account {}"
    wanted = Field(("spec", "serviceAccountName"), says, "sets no service account", "default", same)
    return check_field(statement, evidence, pod_of(statement, evidence), wanted)


def governing_service(statement: Statement, evidence: Evidence) -> Outcome:
    """``serviceName`` of a StatefulSet."""

    def same(stated: str, found: Json) -> bool:
        return evidence.pairing.same_name(Kind.SERVICE, stated, show(found))

    resource = resource_of(statement, evidence)
    wanted = Field(("spec", "serviceName"), "has the serviceName {}", "sets no serviceName", None, same)
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def schedule(statement: Statement, evidence: Evidence) -> Outcome:
    """``spec.schedule`` of a CronJob."""
    resource = resource_of(statement, evidence)
    wanted = Field(("spec", "schedule"), "runs on the schedule {}", "sets no schedule", None, _same_schedule)
    return check_field(statement, evidence, Inside(resource) if resource else None, wanted)


def _same_schedule(stated: str, found: Json) -> bool:
    return stated.split() == show(found).split()


def selector(statement: Statement, evidence: Evidence) -> Outcome:
    """``matchLabels`` of a workload, a disruption budget or a policy, ``selector`` of a Service.

    Further labels only narrow it and are no contradiction.
    """
    resource = resource_of(statement, evidence)
    if resource is None:
        return absent(statement, evidence)
    key = "podSelector" if resource.ref.kind == "NetworkPolicy" else "selector"
    found = at(dict(resource.value), ("spec", key))
    plain = resource.ref.kind in ("Service", "ReplicationController")
    steps = ("spec", key) if plain else ("spec", key, "matchLabels")
    labels = mapping_at(found) if plain else mapping_at(found, ("matchLabels",))
    return _check_labels(statement, resource, steps, labels, "selects")


def _check_labels(
    statement: Statement, resource: Resource, route: Route, labels: dict[str, Json], verb: str
) -> Outcome:
    """Whether labels hold the stated ones (``key=value,...``); more of them only narrow a selector."""
    for pair in statement.value.split(","):
        key, _, value = pair.partition("=")
        there = show(labels.get(key))
        if value and there != value and not (statement.modality is Modality.PLACEHOLDER and fits(value, there)):
            found = ",".join(f"{name}={show(labels[name])}" for name in sorted(labels)) or "nothing"
            message = f"{resource.ref} {verb} {found}; the document says {expected(statement)}"
            return violated(statement, message, labels, field(resource, *route, key))
    return holds(statement, field(resource, *route))


_SOURCES = {
    "persistentVolumeClaim": ("PersistentVolumeClaim", "claimName"),
    "configMap": ("ConfigMap", "name"),
    "secret": ("Secret", "secretName"),
    "hostPath": ("hostPath", "path"),
}


def volume(statement: Statement, evidence: Evidence) -> Outcome:
    """A volume of the pod: its name, the kind of its source (``emptyDir``), and the name of what it holds."""
    inside = pod_of(statement, evidence)
    if inside is None:
        return absent(statement, evidence)
    name = statement.attribute.partition(".")[2]
    volumes = [
        (_source(entry), (*inside.route, "spec", "volumes", number))
        for number, entry in enumerate(items_at(inside.value, ("spec", "volumes")))
        if not name or at(entry, ("name",)) == name
    ]
    claims = items_at(dict(inside.resource.value), ("spec", "volumeClaimTemplates"))
    volumes += [
        ("PersistentVolumeClaim", ("spec", "volumeClaimTemplates", number))
        for number, claim in enumerate(claims)
        if not name or at(claim, ("metadata", "name")) == name
    ]
    place = field(inside.resource, *inside.route, "spec", "volumes")
    what = f"the volume {name}" if name else "a volume"
    spots = tuple(Spot(source, field(inside.resource, *route)) for source, route in volumes)
    found = Found(spots, f"{inside.name} takes {what} from {{}}", f"{inside.name} has no volume {name}", place)

    def same(stated: str, source: Json) -> bool:
        return _same_source(stated, show(source), evidence)

    return decide(statement, found, same, evidence)


def _source(entry: Json) -> str:
    """``PersistentVolumeClaim/data``, ``ConfigMap/app``, ``hostPath//var/lib``, or the source's key: ``emptyDir``."""
    for key, value in mapping_at(entry).items():
        if key in _SOURCES:
            kind, steps = _SOURCES[key]
            return f"{kind}/{show(at(value, (steps,)))}"
        if key != "name":
            return key
    return "emptyDir"  # what Kubernetes fills in (v1 Volume)


def _same_source(stated: str, found: str, evidence: Evidence) -> bool:
    kind, _, name = stated.partition("/")
    actual, _, called = found.partition("/")
    if {"pvc": "persistentvolumeclaim"}.get(kind.lower(), kind.lower()) != actual.lower():
        return False
    return not name or evidence.pairing.same_name(actual, name, called)
