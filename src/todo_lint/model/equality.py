"""When a stated value and a rendered one are the same."""

from __future__ import annotations

from todo_lint.kubernetes.quantities import parse_quantity
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.model.evidence import show


def same_quantity(stated: str, found: Json) -> bool:
    """Compare as Kubernetes quantities: ``0.5`` is ``500m``, ``1Gi`` is ``1024Mi``; else as text."""
    if isinstance(found, (dict, list, bool)) or found is None:
        return False
    try:
        return parse_quantity(stated) == parse_quantity(str(found))
    except ValueError:
        return stated == show(found)


def normalised_key(key: str) -> str:
    """A key without case and separators: ``database-url``, ``DATABASE_URL`` and ``databaseUrl`` are one."""
    return "".join(char for char in key.lower() if char.isalnum())
