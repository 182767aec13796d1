"""Other values for a leaf: of the same type, in range, and in the format that the value seems to have.

A template may refuse a value, turn it into something that does not change, or compare it with words; so there are
several to try, the likeliest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from todo_lint.findings import Route
from todo_lint.kubernetes_yaml.document import Json
from todo_lint.patterns import pattern

WORD = "probe"
MOST = 6

_QUANTITY = pattern(r"(\d+)((?:\.\d+)?(?:[EPTGMK]i?|[mkun])?)")
_VERSION = pattern(r"(v?\d+\.\d+\.)(\d+)(.*)")
_URL = pattern(r"([a-z][a-z0-9+.-]*://(?:[^/@]*@)?)([^/@]+.*)")
_CRON = pattern(r"(?:[\d*/,-]+\s+){4}[\d*/,-]+")
_IP = pattern(r"(\d+\.\d+\.\d+\.)(\d+)(.*)")
_SIZE_NAMES = pattern(r"size|memory|cpu|storage|limit|request", 2)  # re.IGNORECASE, whose import costs time
_NUMBER_NAMES = pattern(r"port|count|replicas|seconds|user|group|threshold|percent|limit|period|timeout", 2)
_FLAG_NAMES = pattern(r"enabled?$|create$|^is[A-Z]|allow|disable", 0)
_MAP_NAMES = pattern(r"labels|annotations|selector|resources|affinity|context|data|matchers|config", 2)
_LIST_NAMES = pattern(r"s$|args|command|list", 2)

_WORDS = (
    ("ClusterIP", "NodePort", "LoadBalancer"),
    ("IfNotPresent", "Always", "Never"),
    ("TCP", "UDP"),
    ("RollingUpdate", "Recreate", "OnDelete"),
    ("ReadWriteOnce", "ReadWriteMany", "ReadOnlyMany"),
    ("Local", "Cluster"),
    ("Always", "OnFailure", "Never"),
    ("Prefix", "Exact", "ImplementationSpecific"),
    ("OrderedReady", "Parallel"),
    ("Deployment", "StatefulSet", "DaemonSet"),
    ("Retain", "Delete"),
    ("debug", "info", "warn", "error"),
    ("http", "https"),
    ("SingleStack", "PreferDualStack"),
)


def probe_values(route: Route, value: Json, words: Iterable[str] = ()) -> tuple[Json, ...]:
    """Values to put in the place of ``value``, the value at ``route``, at most ``MOST`` of them.

    ``words`` are texts that the chart's templates compare values with.
    """
    name = next((step for step in reversed(route) if isinstance(step, str)), "")
    found: list[Json] = []
    for candidate in _candidates(name, value, words):
        if not _same(candidate, value) and not any(_same(candidate, known) for known in found):
            found.append(candidate)
    return tuple(found[:MOST])


def _same(one: Json, other: Json) -> bool:
    return type(one) is type(other) and one == other


def _candidates(name: str, value: Json, words: Iterable[str]) -> Iterator[Json]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value + 1, value - 1 if value >= 1 else value + 2, value * 2 + 3)
    elif isinstance(value, str):
        yield from _texts(name, value, words)
    elif isinstance(value, list):
        yield from ([*value[:-1]], [*value, value[-1]]) if value else _items(name)
    elif isinstance(value, dict):
        more: tuple[Json, ...] = (WORD, {WORD: WORD}, 1)
        yield from ({**value, WORD: one} for one in more) if value else _mappings(name)
    else:
        yield from _instead_of_null(name)


def _texts(name: str, value: str, words: Iterable[str]) -> Iterator[Json]:
    if not value:
        yield from _instead_of_empty(name, words)
        return
    yield from _in_format(value)
    yield from (word for group in _WORDS if value in group for word in group if word != value)
    yield from (f"{value}-{WORD}", f"{WORD}-{value}")
    yield from (word for word in words if word != value)
    yield WORD


def _in_format(value: str) -> Iterator[str]:
    """The value changed so that its format stays: a quantity, version, URL, schedule, address or truth value."""
    if value in ("true", "false"):
        yield "false" if value == "true" else "true"
    quantity = _QUANTITY.fullmatch(value)
    if quantity:
        yield f"{int(quantity[1][:15]) + 1}{quantity[2]}"
    version = _VERSION.fullmatch(value)
    if version:
        yield f"{version[1]}{int(version[2][:15]) + 1}{version[3]}"
    url = _URL.fullmatch(value)
    if url:
        yield f"{url[1]}{WORD}-{url[2]}"
    if _CRON.fullmatch(value):
        yield "7 7 7 7 *" if value != "7 7 7 7 *" else "8 8 8 8 *"
    address = _IP.fullmatch(value)
    if address:
        yield f"{address[1]}{(int(address[2][:3]) + 1) % 250}{address[3]}"
    if value.startswith("/"):
        yield f"{value.rstrip('/')}/{WORD}"


def _instead_of_empty(name: str, words: Iterable[str]) -> Iterator[Json]:
    if _SIZE_NAMES.search(name):
        yield "3Gi"
    if _NUMBER_NAMES.search(name):
        yield "3"
    yield WORD
    yield from words
    yield from (f"http://{WORD}.example", "1.2.3", "true", f"{WORD}: {WORD}\n")


def _items(name: str) -> Iterator[Json]:
    plain: list[Json] = [[WORD], [7]]
    named: list[Json] = [[{"name": WORD}], [{"name": WORD, "value": WORD, "mountPath": f"/{WORD}", "host": WORD}]]
    yield from (*plain, *named) if name.endswith(("args", "command", "Names", "Ranges")) else (*named, *plain)


def _instead_of_null(name: str) -> Iterator[Json]:
    if _NUMBER_NAMES.search(name):
        yield 7
    if _FLAG_NAMES.search(name):
        yield True
    if _MAP_NAMES.search(name):
        yield {WORD: WORD}
    yield WORD
    if _LIST_NAMES.search(name):
        yield [WORD]
    others: tuple[Json, ...] = (7, True, {WORD: WORD}, [WORD])
    yield from others


def _mappings(name: str) -> Iterator[Json]:
    if "resources" in name.lower():
        amounts: dict[str, Json] = {"memory": "3Gi", "cpu": "3"}
        yield {"requests": amounts, "limits": amounts}
    if "context" in name.lower():
        yield {"runAsUser": 7, "fsGroup": 7}
    others: tuple[Json, ...] = ({WORD: WORD}, {WORD: {WORD: WORD}}, {"enabled": True}, {WORD: 1})
    yield from others
