"""The ports that the probes and lifecycle hooks of a container name."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import items_at, text_at

_HANDLERS: tuple[Route, ...] = (
    ("startupProbe",),
    ("livenessProbe",),
    ("readinessProbe",),
    ("lifecycle", "postStart"),
    ("lifecycle", "preStop"),
)
_CALLS = ("httpGet", "tcpSocket")


def named_ports(container: dict[str, Json]) -> Iterator[tuple[Route, str]]:
    """The routes in a container to ports of its probes and lifecycle hooks that are names, and the names."""
    for handler in _HANDLERS:
        if handler[0] in container:
            for call in _CALLS:
                route = (*handler, call, "port")
                name = text_at(container, route)
                if name and not name.isdigit():
                    yield route, name


def port_names(container: dict[str, Json]) -> list[str]:
    """The names that a container gives to its ports."""
    names = (text_at(port, ("name",)) for port in items_at(container, ("ports",)))
    return [name for name in names if name]
