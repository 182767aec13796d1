"""Signs that something in a profile may be wrong, told in one pass over its graph.

A rule that declares a sign (``SIGN = "host not rendered"``) is imported and asked only where the profile shows it. A
sign may be shown where nothing is wrong; it is never missing where something is.
"""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.graph import Graph
from todo_lint.manifests.hooks import hook_events, unknown_events, unknown_policies
from todo_lint.manifests.probes import named_ports, port_names
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.references import keys_of
from todo_lint.manifests.resources import Resource, at, items_at
from todo_lint.manifests.strings import secret_texts

PRINTED = ("%!", "<n", "map[", "0x", "e+")
"""What every piece of rendering debris holds."""
_BY_USE = {
    Use.ROLE: "role",
    Use.SCALE_TARGET: "scale target",
    Use.BACKEND: "backend",
    Use.CLAIM: "claim",
    Use.SERVICE_ACCOUNT: "ServiceAccount",
    Use.SUBJECT: "ServiceAccount",
}
_AT_START = (Use.ENV, Use.ENV_FROM, Use.SUB_PATH)
_READING = (*_AT_START, Use.VOLUME, Use.PARTIAL_VOLUME)


def signs_of(graph: Graph) -> frozenset[str]:
    """The signs that a profile shows."""
    return frozenset(
        (
            *_of_references(graph),
            *_of_keys(graph),
            *_of_selectors(graph),
            *_of_addresses(graph),
            *_of_identities(graph),
            *_of_pods(graph),
            *_of_texts(graph),
        )
    )


def _of_references(graph: Graph) -> Iterator[str]:
    for reference in graph.references:
        target = graph.target(reference)
        what = _BY_USE.get(reference.use, reference.kind)
        events = hook_events(reference.source)
        if "pre-install" in events:
            yield "hook before the install"
        if reference.use is Use.WEBHOOK and (target is None or not _has_key(target, reference)):
            yield "webhook leads nowhere"
        if target is None:
            yield "hook refers to nothing" if events else f"{what} not rendered"
            if reference.use is Use.GOVERNING_SERVICE:
                yield "StatefulSet"
        elif reference.key is not None and not _has_key(target, reference):
            yield f"{what} lacks a key"
        elif reference.kind == "ConfigMap" and reference.use in _AT_START:
            yield "ConfigMap read at the start"
    if graph.of_kind("StatefulSet"):
        yield "StatefulSet"


def _has_key(target: Resource, reference: Reference) -> bool:
    if reference.kind != "Service":
        return reference.key in keys_of(target)
    return any(reference.key in (str(at(entry, ("port",))), at(entry, ("name",))) for entry in _entries(target))


def _of_keys(graph: Graph) -> Iterator[str]:
    """Whether some ConfigMap or Secret is read key by key, and not whole."""
    for (kind, namespace, name), references in graph.references_to.items():
        target = graph.find(kind, name, namespace) if kind in ("ConfigMap", "Secret") else None
        reading = [reference for reference in references if reference.use in _READING]
        read = {reference.key for reference in reading if reference.key is not None}
        if target is not None and read and keys_of(target) - read:
            yield "keys read one by one"


def _of_selectors(graph: Graph) -> Iterator[str]:
    for resource in graph.of_kind("Service", "PodDisruptionBudget", "NetworkPolicy"):
        selected = graph.selected(resource)
        if not selected:
            yield f"{resource.ref.kind} selects nothing"
        elif resource.ref.kind == "Service":
            if len(selected) > 1:
                yield "Service selects several"
            known = {str(part) for pods in selected for port in pods.ports() for part in (port.name, port.number)}
            if not all(_leads(entry, known) for entry in _entries(resource)):
                yield "target port unknown"


def _entries(service: Resource) -> list[Json]:
    return items_at(dict(service.value), ("spec", "ports"))


def _leads(entry: Json, known: set[str]) -> bool:
    """Whether an entry of a Service's ports leads to a known TCP port; other protocols are looked at closely."""
    target = at(entry, ("targetPort",)) or at(entry, ("port",))
    return str(target) in known and at(entry, ("protocol",)) in (None, "TCP")


def _of_addresses(graph: Graph) -> Iterator[str]:
    for used in graph.addresses:
        service = graph.find("Service", used.service.name, used.service.namespace)
        if service is None:
            yield "host not rendered"
        elif used.address.port not in [at(entry, ("port",)) for entry in _entries(service)]:
            yield "address of another port"
    if graph.of_kind("NetworkPolicy") and graph.addresses:
        yield "policies and addresses"


def _of_pods(graph: Graph) -> Iterator[str]:
    for pods in graph.pods:
        for _, container in pods.containers():
            names = [name for _, name in named_ports(container)]
            if names and not set(names) <= set(port_names(container)):
                yield "probe port unknown"


def _of_identities(graph: Graph) -> Iterator[str]:
    seen = set()
    for resource in graph.resources:
        identity = (resource.ref.kind, graph.namespace_of(resource), resource.ref.name)
        if identity in seen:
            yield "identity twice"
        if unknown_events(resource):
            yield "unknown hook"
        if unknown_policies(resource):
            yield "unknown hook policy"
        seen.add(identity)


def _of_texts(graph: Graph) -> Iterator[str]:
    texts = {id(resource.source): resource.source.text for resource in graph.resources}
    secrets = [text for resource in graph.of_kind("Secret") for _, text in secret_texts(resource)]
    for printed in PRINTED:
        if any(printed in text for text in texts.values()) or any(printed in text for text in secrets):
            yield f"text {printed}"
    # Plain YAML holds a carriage return only as an escape.
    if any("\\" in text for text in texts.values()) or any("\r" in text for text in secrets):
        yield "carriage return"
