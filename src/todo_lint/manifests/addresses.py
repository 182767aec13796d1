"""Addresses inside values: ``http://backend:8000``, ``redis:6379``, ``db.shop.svc.cluster.local``.

An address is one that the cluster's DNS answers with a Service if its host is a single label (with a port or a
scheme), a label and the resource's own namespace, or ends in ``.svc`` or the cluster's domain:
https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from todo_lint.patterns import pattern
from todo_lint.records import dataclass, replace

DEFAULT_PORTS: Mapping[str, int] = {
    "http": 80,
    "ws": 80,
    "https": 443,
    "wss": 443,
    "redis": 6379,
    "rediss": 6379,
    "postgres": 5432,
    "postgresql": 5432,
    "mysql": 3306,
    "mariadb": 3306,
    "mongodb": 27017,
    "amqp": 5672,
    "amqps": 5671,
    "nats": 4222,
    "ldap": 389,
    "ldaps": 636,
    "smtp": 25,
    "mqtt": 1883,
    "kafka": 9092,
    "memcached": 11211,
    "clickhouse": 9000,
    "bolt": 7687,
    "neo4j": 7687,
}
"""The port of a URL that gives none, by scheme (RFC 9110, IANA's registry, and the programs' own defaults)."""

_NETWORK = frozenset((*DEFAULT_PORTS, "grpc", "grpcs", "tcp", "tls", "udp", "h2c", "http2", "dns", "elasticsearch"))
"""Schemes whose host is a machine. Others name buckets, files, images and the like."""

_NOT_SERVICES = frozenset(
    ("localhost", "kubernetes", "metadata", "host", "unix", "hostname", "example", "broadcasthost")
)

_HOST = r"[a-z0-9][-a-z0-9.]*"
_AFTER = r"(?![-\w.:$%{}(*<@\[\\])"
_PORT = rf"(?::\d{{1,5}}(?![\w:]|\.\w)|{_AFTER})"
_URL = pattern(
    rf"(?P<scheme>[a-z][a-z0-9+.-]{{0,30}})://(?:[^\s/@\"'<>,]{{0,200}}@)?(?P<hosts>{_HOST}{_PORT}"
    rf"(?:,{_HOST}{_PORT})*)"
)
_ONE = pattern(rf"(?P<host>{_HOST})(?::(?P<port>\d{{1,5}}))?$")
_BARE = pattern(rf"(?:--?[\w.-]+=)?(?P<hosts>{_HOST}:\d{{2,5}}(?:,{_HOST}:\d{{2,5}})*)(?:/[\w./?=&-]*)?$")
_CLUSTER = pattern(rf"(?<![\w.@/-]){_HOST}\.svc(?:\.[a-z0-9.-]*[a-z0-9])?(?::\d{{1,5}})?(?![-\w.])")
_UPSTREAM = pattern(r"\bupstream\s+(\S+)\s*\{")
"""A group of servers in the configuration of nginx, by a name that is none in DNS."""
_VARIABLE = pattern(r"^\s*set\s+(\$\w+)\s")
"""A variable in the configuration of nginx; where it is used, a port may follow it."""
_COMMENT = pattern(r"^\s*(?:#|//|;|--\s|\*|<!--)")


@dataclass(frozen=True, slots=True)
class Address:
    """A host and port as written. ``port`` is the scheme's default where none is written (``stated`` is False).

    ``host`` is in lower case and without a final dot; ``start`` is where it stands in the text.
    """

    host: str
    port: int | None
    scheme: str
    stated: bool
    start: int


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A Service that a host means. ``pod`` is the name of one pod of it, where the host names one."""

    name: str
    namespace: str
    pod: str = ""


def addresses_in(text: str) -> Iterator[Address]:
    """The addresses in a text, in order. Lines that are comments are passed over."""
    if "://" not in text and ":" not in text and ".svc" not in text:
        return
    if "\n" not in text:
        yield from _of_line(text, 0)
        return
    start = 0
    local = set(_UPSTREAM.findall(text)) if "upstream" in text else ()
    for line in text.split("\n"):
        if ("://" in line or ".svc" in line) and not _COMMENT.match(line):
            variable = _VARIABLE.match(line)
            added = variable is not None and f"{variable[1]}:" in text
            for found in _of_text(line, start):
                if found.host not in local:
                    yield replace(found, port=None) if added and not found.stated else found
        start += len(line) + 1


def _of_line(text: str, start: int) -> Iterator[Address]:
    """The addresses of a value on one line, which may be nothing but ``host:port``."""
    bare = _BARE.match(text.strip()) if len(text) < 2000 and "://" not in text else None
    if bare is not None:
        yield from _hosts(bare["hosts"], "", start + text.find(bare["hosts"]))
    else:
        yield from _of_text(text, start)


def _of_text(text: str, start: int) -> Iterator[Address]:
    seen: set[int] = set()
    for url in _URL.finditer(text) if "://" in text else ():
        scheme = url["scheme"].rpartition(":")[2].lower().partition("+")[0]
        seen.update(range(url.start("hosts"), url.end("hosts")))
        if scheme in _NETWORK or (":" in url["hosts"] and scheme not in ("file", "oci", "docker", "image")):
            yield from _hosts(url["hosts"], scheme, start + url.start("hosts"))
    for cluster in _CLUSTER.finditer(text) if ".svc" in text else ():
        if cluster.start() not in seen:
            yield from _hosts(cluster[0], "", start + cluster.start())


def _hosts(text: str, scheme: str, start: int) -> Iterator[Address]:
    for part in text.split(","):
        one = _ONE.match(part)
        if one is not None:
            port = int(one["port"]) if one["port"] else DEFAULT_PORTS.get(scheme)
            yield Address(one["host"].rstrip("."), port, scheme, bool(one["port"]), start)
        start += len(part) + 1


def service_of(address: Address, namespace: str) -> ServiceName | None:
    """The Service that an address means, seen from a pod in ``namespace``; None where it means none for certain."""
    labels = address.host.split(".")
    if "svc" in labels[2:4]:
        place = labels.index("svc", 2)
        pod = labels[0] if place == 3 else ""
        return ServiceName(labels[place - 2], labels[place - 1], pod)
    if len(labels) == 2 and labels[1] == namespace and labels[0] not in _NOT_SERVICES:
        return ServiceName(labels[0], namespace)
    if len(labels) == 1 and (address.stated or address.scheme) and _may_be_service(labels[0]):
        return ServiceName(labels[0], namespace)
    return None


def _may_be_service(label: str) -> bool:
    """Whether a single label can be a Service: names begin with a letter (until Kubernetes 1.34 relaxes them)."""
    return label not in _NOT_SERVICES and label[0].isalpha() and not label.endswith("-") and label[:4] != "ip6-"
