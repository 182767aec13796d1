"""The ports of a Service: what they are, where they lead, and how a message names them."""

from __future__ import annotations

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import Resource, at, items_at


def ports_of(service: Resource) -> list[Json]:
    """The entries of ``spec.ports``."""
    return items_at(dict(service.value), ("spec", "ports"))


def target_of(entry: Json) -> Json:
    """The container port that an entry of a Service's ports leads to: its ``port`` where it names no other."""
    target = at(entry, ("targetPort",))
    return at(entry, ("port",)) if target in (None, "", 0) else target


def has_port(service: Resource, port: str) -> bool:
    """Whether a Service has a port of this number or name; one that points to another host has every port."""
    if service.get("spec", "type") == "ExternalName":
        return True
    return any(port in (str(at(entry, ("port",))), at(entry, ("name",))) for entry in ports_of(service))


def show_ports(service: Resource) -> str:
    """The ports of a Service as a message names them: ``80 (http), 9090``."""
    shown = []
    for entry in ports_of(service):
        number, name = at(entry, ("port",)), at(entry, ("name",))
        shown.append(f"{number} ({name})" if name else str(number))
    return ", ".join(shown) or "no port"
