"""Addresses of Services within the cluster: ``http://shop-api:8000``, ``http://api.shop.svc.cluster.local:8000``."""

from __future__ import annotations

from collections.abc import Iterator

from todo_lint.patterns import pattern
from todo_lint.records import dataclass

_URL = pattern(
    r"(?:\b[a-z][a-z0-9+]*://(?P<host>[a-z][a-z0-9-]*)(?:\.(?P<namespace>[a-z0-9-]+)(?:\.svc(?:\.cluster\.local)?)?)?"
    r"|(?<![\w/.@-])(?P<bare>[a-z][a-z0-9-]*)\.(?P<of>[a-z0-9-]+)\.svc(?:\.cluster\.local)?)"
    r":(?P<port>\d{2,5})(?!\w|\.\d)"
)
_ELSEWHERE = ("localhost", "minikube", "host", "example")


@dataclass(frozen=True, slots=True)
class Address:
    """The name of a host that may be a Service, its namespace where that is said, and its port."""

    host: str
    namespace: str
    port: str


def addresses(text: str) -> Iterator[Address]:
    """The addresses in a text whose hosts can be Services, those with a port."""
    for match in _URL.finditer(text) if "://" in text or ".svc" in text else ():
        host = match["host"] or match["bare"]
        if host not in _ELSEWHERE:
            yield Address(host, match["namespace"] or match["of"] or "", match["port"])


__all__ = ["Address", "addresses"]
