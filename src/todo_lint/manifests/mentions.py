"""Names that occur outside of references: what a program is told to make, or an operator makes, is not rendered.

A Job that is given ``--secret-name=web-cert`` makes that Secret, a Certificate with ``secretName: web-cert`` makes
it, and an operator makes ``shop-rw`` for the custom resource ``shop``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.pod_templates import pod_template
from todo_lint.manifests.resources import Resource, items_at, mapping_at
from todo_lint.manifests.strings import strings_of
from todo_lint.patterns import pattern

_WORD = pattern(r"[-\w./]+")
_URL = pattern(r"\S*://\S*|[-\w.]+:\d+")
"""An address names a host, and makes nothing."""
_NAME = pattern(r"(?:[-\w.]+/)?(?P<name>[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)")
"""A name, or a namespace and a name; no path."""
_BUILT_IN = ("v1", "apps/", "batch/", "autoscaling/", "policy/", "extensions/")
_MAKES_NOTHING = frozenset(
    ("ServiceMonitor", "PodMonitor", "PrometheusRule", "Probe", "VerticalPodAutoscaler", "ScaledObject", "HTTPRoute",
     "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute", "IngressRoute", "Middleware", "Route", "VirtualService",
     "DestinationRule", "VMServiceScrape", "VMPodScrape", "VMRule", "GrafanaDashboard", "CiliumNetworkPolicy")
)  # fmt: skip
"""Custom kinds of which no operator makes Secrets, Services or pods."""


def makes_others(resource: Resource) -> bool:
    """Whether a resource is of a custom kind, for which an operator may make further resources."""
    group = resource.ref.api_version
    built_in = group.startswith(_BUILT_IN) or group.partition("/")[0].endswith(".k8s.io")
    return not built_in and resource.ref.kind not in _MAKES_NOTHING and pod_template(resource) is None


class Mentions:
    """The names that the resources of a profile mention, by exact word."""

    def __init__(self, resources: tuple[Resource, ...]) -> None:
        self._resources = resources

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(
            name["name"]
            for resource in self._resources
            for text in _texts(resource)
            for word in _WORD.findall(_URL.sub(" ", text))
            if (name := _NAME.fullmatch(word)) is not None
        )

    @cached_property
    def makers(self) -> frozenset[str]:
        """The names of the custom resources for which an operator may make others."""
        return frozenset(resource.ref.name for resource in self._resources if makes_others(resource))

    def of(self, name: str) -> bool:
        """Whether the name is mentioned, or begins with the name of a custom resource."""
        return name in self._words or self.made_by(name)

    def made_by(self, name: str) -> bool:
        """Whether a name is, or begins with, the name of a custom resource for which an operator makes others."""
        return any(maker in self.makers for maker in _beginnings(name))


def _beginnings(name: str) -> Iterator[str]:
    """The name, and each part of it that ends before a dash: ``a-b-c``, ``a-b``, ``a``."""
    while name:
        yield name
        name = name.rpartition("-")[0]


def _texts(resource: Resource) -> Iterable[str]:
    """The texts of a resource in which a name says what is made."""
    value = dict(resource.value)
    if makes_others(resource):
        yield resource.ref.name
        yield from (text for route, text in strings_of(value.get("spec")))
    elif resource.ref.kind in ("Role", "ClusterRole"):
        for rule in items_at(value, ("rules",)):
            yield from (name for name in items_at(rule, ("resourceNames",)) if isinstance(name, str))
    elif resource.ref.kind == "ConfigMap":
        yield from (text for _, text in strings_of(mapping_at(value, ("data",))))
    yield from _of_pods(resource)


def _of_pods(resource: Resource) -> Iterator[str]:
    """Arguments and variables of a workload's containers."""
    pods = pod_template(resource)
    for _, container in pods.containers() if pods else ():
        told: list[Json] = [*items_at(container, ("command",)), *items_at(container, ("args",))]
        told += [mapping_at(variable).get("value") for variable in items_at(container, ("env",))]
        yield from (text for text in told if isinstance(text, str))
