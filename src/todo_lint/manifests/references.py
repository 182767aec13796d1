"""All references of a resource to others, by its kind.

Each kind's fields are those of the API reference: https://kubernetes.io/docs/reference/kubernetes-api/.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from todo_lint.findings import Route
from todo_lint.manifests.pod_references import pod_references
from todo_lint.manifests.pod_templates import pod_template
from todo_lint.manifests.reference import Reference, Use
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at


def references_of(resource: Resource, namespace: str) -> Iterator[Reference]:
    """The references of a resource, which is in ``namespace``."""
    pods = pod_template(resource)
    if pods is not None:
        yield from pod_references(pods, namespace)
    find = _BY_KIND.get(resource.ref.kind)
    if find is not None:
        yield from find(resource, namespace)


def _named(
    resource: Resource, route: Route, use: Use, kind: str, namespace: str, port: Route = ()
) -> Iterator[Reference]:
    """The reference whose name stands at ``route``; ``port`` is the route to the port of a Service."""
    name = text_at(dict(resource.value), route)
    if not name:
        return
    number = resource.get(*port) if port else None
    key = str(number) if isinstance(number, (int, str)) and not isinstance(number, bool) and number != "" else None
    yield Reference(resource, route, use, kind, name, namespace, key, port if key else ())


def _ingress(resource: Resource, namespace: str) -> Iterator[Reference]:
    yield from _ingress_backend(resource, ("spec", "defaultBackend"), namespace)
    yield from _ingress_backend(resource, ("spec", "backend"), namespace)
    for rule, entry in enumerate(items_at(dict(resource.value), ("spec", "rules"))):
        for path in range(len(items_at(entry, ("http", "paths")))):
            route: Route = ("spec", "rules", rule, "http", "paths", path, "backend")
            yield from _ingress_backend(resource, route, namespace)
    for number in range(len(items_at(dict(resource.value), ("spec", "tls")))):
        yield from _named(resource, ("spec", "tls", number, "secretName"), Use.TLS, "Secret", namespace)


def _ingress_backend(resource: Resource, route: Route, namespace: str) -> Iterator[Reference]:
    """A backend of networking.k8s.io/v1, or as the versions before it wrote it."""
    port: Route = (*route, "service", "port", "name")
    if resource.get(*port) is None:
        port = (*route, "service", "port", "number")
    yield from _named(resource, (*route, "service", "name"), Use.BACKEND, "Service", namespace, port)
    old = (*route, "servicePort")
    yield from _named(resource, (*route, "serviceName"), Use.BACKEND, "Service", namespace, old)


def _gateway_route(resource: Resource, namespace: str) -> Iterator[Reference]:
    """The backends of a Gateway API route: https://gateway-api.sigs.k8s.io/reference/spec/#backendref."""
    for rule, entry in enumerate(items_at(dict(resource.value), ("spec", "rules"))):
        for number, backend in enumerate(items_at(entry, ("backendRefs",))):
            route: Route = ("spec", "rules", rule, "backendRefs", number)
            if at(backend, ("kind",)) in (None, "Service") and at(backend, ("group",)) in (None, "", "core"):
                where = text_at(backend, ("namespace",)) or namespace
                yield from _named(resource, (*route, "name"), Use.BACKEND, "Service", where, (*route, "port"))


def _webhooks(resource: Resource, namespace: str) -> Iterator[Reference]:
    for number in range(len(items_at(dict(resource.value), ("webhooks",)))):
        yield from _service(resource, ("webhooks", number, "clientConfig", "service"))


def _api_service(resource: Resource, namespace: str) -> Iterator[Reference]:
    yield from _service(resource, ("spec", "service"))


def _definition(resource: Resource, namespace: str) -> Iterator[Reference]:
    yield from _service(resource, ("spec", "conversion", "webhook", "clientConfig", "service"))


def _service(resource: Resource, route: Route) -> Iterator[Reference]:
    """A Service that a server calls; its port is 443 unless another is given."""
    where = text_at(dict(resource.value), (*route, "namespace")) or ""
    for found in _named(resource, (*route, "name"), Use.WEBHOOK, "Service", where, (*route, "port")):
        if found.key is None:
            found = Reference(resource, found.route, found.use, found.kind, found.name, where, "443", found.route)
        yield found


def _scale_target(route: Route) -> Callable[[Resource, str], Iterator[Reference]]:
    def find(resource: Resource, namespace: str) -> Iterator[Reference]:
        kind = text_at(dict(resource.value), (*route, "kind")) or "Deployment"
        yield from _named(resource, (*route, "name"), Use.SCALE_TARGET, kind, namespace)

    return find


def _binding(resource: Resource, namespace: str) -> Iterator[Reference]:
    kind = text_at(dict(resource.value), ("roleRef", "kind")) or ""
    where = namespace if kind == "Role" else ""
    yield from _named(resource, ("roleRef", "name"), Use.ROLE, kind, where)
    for number, subject in enumerate(items_at(dict(resource.value), ("subjects",))):
        if at(subject, ("kind",)) == "ServiceAccount":
            where = text_at(subject, ("namespace",)) or namespace
            route: Route = ("subjects", number, "name")
            yield from _named(resource, route, Use.SUBJECT, "ServiceAccount", where)


def _stateful_set(resource: Resource, namespace: str) -> Iterator[Reference]:
    yield from _named(resource, ("spec", "serviceName"), Use.GOVERNING_SERVICE, "Service", namespace)


def _service_account(resource: Resource, namespace: str) -> Iterator[Reference]:
    for group, use in (("secrets", Use.OTHER), ("imagePullSecrets", Use.IMAGE_PULL)):
        for number in range(len(items_at(dict(resource.value), (group,)))):
            yield from _named(resource, (group, number, "name"), use, "Secret", namespace)


_BY_KIND: Mapping[str, Callable[[Resource, str], Iterator[Reference]]] = {
    "Ingress": _ingress,
    "HTTPRoute": _gateway_route,
    "GRPCRoute": _gateway_route,
    "TCPRoute": _gateway_route,
    "TLSRoute": _gateway_route,
    "UDPRoute": _gateway_route,
    "ValidatingWebhookConfiguration": _webhooks,
    "MutatingWebhookConfiguration": _webhooks,
    "APIService": _api_service,
    "CustomResourceDefinition": _definition,
    "HorizontalPodAutoscaler": _scale_target(("spec", "scaleTargetRef")),
    "VerticalPodAutoscaler": _scale_target(("spec", "targetRef")),
    "ScaledObject": _scale_target(("spec", "scaleTargetRef")),
    "RoleBinding": _binding,
    "ClusterRoleBinding": _binding,
    "StatefulSet": _stateful_set,
    "ServiceAccount": _service_account,
}


def keys_of(resource: Resource) -> frozenset[str]:
    """The keys of a ConfigMap or Secret."""
    value = dict(resource.value)
    return frozenset(key for place in ("data", "stringData", "binaryData") for key in mapping_at(value, (place,)))
