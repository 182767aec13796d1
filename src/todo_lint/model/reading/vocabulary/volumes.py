"""Volumes and their mounts in words: ``data (PVC shop-data) mounted at /var/lib/data``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.text import plain, with_arrows, without_remarks, words_of
from todo_lint.model.statements import Prefix
from todo_lint.patterns import pattern

Facts = tuple[tuple[str, str], ...]

FORM = "a volume is read where it looks like: data (PVC shop-data) mounted at /data"
"""The nearest form that is read, for hints."""

_NAME = r"[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?"
_SOURCES = {
    **dict.fromkeys(("pvc", "persistentvolumeclaim", "claim"), "PersistentVolumeClaim"),
    "configmap": "ConfigMap", "secret": "Secret", "emptydir": "emptyDir", "hostpath": "hostPath",
}  # fmt: skip
_SOURCE = (
    r"(?P<source>(?i:PVC|persistent ?volume ?claim|claim|config ?map|secret|empty ?dir|host ?path))(?: volume)?"
    rf"(?:\s*[:/]?\s*(?P<held>{_NAME}|(?<=[Pp]ath )/[^\s)]+))?"
)
_WHERE = pattern(
    r"(?:^|\s+|:\s*)(?:\(?(?:is |are )?(?:mounted|mounts?)\s+)?"
    r"(?:at|on|to|in|under|into|->)?\s*(?P<path>/[\w./-]*)\)?$",
    re.IGNORECASE,
)
_VOLUME = pattern(rf"(?P<name>{_NAME})?:?\s*(?:(?:from|of|is|=|->)\s*|[(:]\s*)?(?:(?:an? |the )?{_SOURCE})?\s*\)?:?")
_LAST = pattern(rf"(?:an? |the )?{_SOURCE} (?:as|named|volume) (?P<name>{_NAME})")
_MANY = pattern(r"\s*[,;\n]\s*(?![^()]*\))|\s+and\s+(?![^()]*\))")


_PATH_FIRST = pattern(
    rf"(?P<name>{_NAME})?:?\s*(?:\(?(?:is |are )?mounted\s+)?(?:at|on|to|in|->)\s*(?P<path>/[\w./-]*)"
    rf"\s*\((?P<inside>(?:an? )?{_SOURCE})\)"
)


def volumes(text: str) -> Facts:
    """The volumes of a pod, each with its source, the path at which it is mounted, or both.

    ``data (PVC shop-data) mounted at /data``, ``tmp: emptyDir``, ``cache -> /cache``. A volume without a name is
    understood where it is the only one.
    """
    found = [_volume(part) for part in _MANY.split(with_arrows(plain(text)).strip())]
    alone = len(found) == 1 or all(name for name, _, _ in found)
    if not alone or not all(source or path for _, source, path in found):
        return ()
    return tuple(fact for one in found for fact in _facts(*one))


def mounts(text: str) -> Facts:
    """``/data``, ``data at /data``, ``/data (PVC shop-data)``: like volumes, with the path first where it is."""
    swapped = re.fullmatch(r"(/[\w./-]*)\s*(?:\((.*)\)|(?:from|of|for)\s+(.*))", plain(text).strip())
    return volumes(f"{swapped[2] or swapped[3]} at {swapped[1]}" if swapped else text)


def paths(text: str) -> Facts:
    """``/tmp, /app/.next/cache``: paths at which some volume is mounted, and nothing else."""
    found = [plain(part) for part in _MANY.split(text.strip())]
    return tuple((Prefix.MOUNT, path) for path in found) if all(_PATH.fullmatch(path) for path in found) else ()


_PATH = pattern(r"/[\w./-]*")


def volume_of(name: str, text: str) -> Facts:
    """What is said of a volume whose name is the key: ``PVC shop-data, mounted at /data``."""
    parts = re.split(r"\s*[,;]\s*(?=mount|at )", text)
    return volumes(f"{name} ({parts[0]}) {parts[1]}" if len(parts) == 2 else f"{name}: {text}")


def _facts(name: str, source: str, path: str) -> Iterator[tuple[str, str]]:
    if source:
        yield Prefix.VOLUME + name, source
    if path:
        yield Prefix.MOUNT + name, path


def _volume(text: str) -> tuple[str, str, str]:
    """Name, source and path of one volume; all empty where it is not understood."""
    if swapped := _PATH_FIRST.fullmatch(text.strip()):  # ``tmp at /tmp (emptyDir)``
        text = f"{swapped['name'] or ''} ({swapped['inside']}) at {swapped['path']}".strip()
    where = _WHERE.search(text)
    path = where["path"] if where else ""
    rest = text[: where.start()].strip() if where else text.strip()
    match = _LAST.fullmatch(rest) or _VOLUME.fullmatch(rest)
    if not match:
        return "", "", ""
    name = match["name"] or ""
    if name.replace("-", "") in _SOURCES and not match["source"]:  # ``emptyDir at /tmp``: a source, no name
        return "", _SOURCES[name.replace("-", "")], path
    source = _SOURCES[match["source"].lower().replace(" ", "")] if match["source"] else ""
    held = match["held"] or ""
    if source == "emptyDir":  # it holds nothing that has a name
        return name or held, source, path
    return name, f"{source}/{held}" if held else source, path


_ONE_SOURCE = pattern(
    r"\b(?:PVC|persistent ?volume ?claim|claim|config ?map|secret|empty ?dir|host ?path)\b", re.IGNORECASE
)
"""Several (*secrets, configmaps*) are kinds of sources, and none of them."""


def names_source(text: str) -> bool:
    """Whether some words name what a volume comes from: then they do not only explain."""
    return _ONE_SOURCE.search(text) is not None


_KEYS = frozenset(("volume", "volumes", "volume mount", "volume mounts", "mounts", "mounted volumes"))
_PATHS = ("mount path", "mounted at", "path", "mount", "mount point")


def nested(path: tuple[str, ...], key: str, value: str) -> Facts | None:
    """A line below ``Volumes``, or below a volume there; None for any other line.

    ``path`` are the keys of the bullets in which it is nested.
    """
    above = [words_of(without_remarks(step)) for step in path]
    if above[-1] in _KEYS and value:
        return volume_of(plain(without_remarks(key)), value)
    if len(above) < 2 or above[-2] not in _KEYS or not value:
        return None
    name, words = plain(without_remarks(path[-1])), words_of(key)
    if words in _PATHS:
        return volume_of(name, f"at {plain(value)}")
    return volume_of(name, value if words in ("type", "source") else f"{plain(key)} {plain(value)}")
