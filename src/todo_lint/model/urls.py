"""Addresses of Services inside texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from todo_lint.patterns import pattern

_URL = pattern(
    r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?:[^/@\s]*@)?(?P<host>[a-z0-9][a-z0-9.-]*)(?::(?P<port>\d{1,5}))?(?![\w-])"
)
_INTERNAL = pattern(r"(?<![\w./-])(?P<host>[a-z0-9][a-z0-9-]*\.[a-z0-9-]+\.svc(?:\.[a-z0-9.-]+)?):(?P<port>\d{1,5})")
_ARROW = pattern(r"(?:->|\u2192)\s*`?(?P<host>[a-z0-9][a-z0-9-]*):(?P<port>\d{1,5})(?![\w.])")
_DEFAULTS = {"http": "80", "https": "443", "ws": "80", "wss": "443"}


class ServiceUrl(NamedTuple):
    """An address: ``name`` is the first part of its host, ``port`` is empty where the scheme tells none."""

    name: str
    namespace: str
    port: str
    host: str = ""


def service_urls(text: str) -> Iterator[ServiceUrl]:
    """The addresses in a text whose host can be a Service: ``name``, ``name.namespace``, ``name.namespace.svc...``.

    A URL without a port has that of its scheme.
    """
    for match in (*_URL.finditer(text), *_INTERNAL.finditer(text)):
        host = match["host"].rstrip(".").split(".")
        if len(host) > 2 and host[2] != "svc":
            continue  # a host of the Internet
        scheme = match.groupdict().get("scheme") or ""
        yield ServiceUrl(
            host[0], host[1] if len(host) > 1 else "", match["port"] or _DEFAULTS.get(scheme, ""), ".".join(host)
        )


def addressed_services(text: str) -> Iterator[ServiceUrl]:
    """The addresses in a line of a document: also ``web -> api:8000``."""
    yield from service_urls(text)
    yield from (ServiceUrl(match["host"], "", match["port"], match["host"]) for match in _ARROW.finditer(text))
