"""How well a resource plays the part of a documented entity that has another name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from todo_lint.kubernetes.words import edit_distance
from todo_lint.manifests.pods import containers, pod_labels
from todo_lint.manifests.resources import Resource, at, items_at, mapping_at, text_at
from todo_lint.model.images import repository
from todo_lint.model.naming import akin, contains, stem, words
from todo_lint.model.statements import WORKLOADS, Attribute, DataModel, Kind, Modality, Prefix, Statement

_WHOLE_NAME, _TELLING_WORDS = 4, 3
_LONG = 9
"""From so many characters on, two of them may be wrong in a misspelt name."""


def firm(model: DataModel, kind: str, name: str) -> bool:
    """Whether the chart has to render an entity today: anything of it, and neither as an option nor made outside."""
    return any(not s.later and s.modality is not Modality.OUTSIDE for s in model.about(kind, name))


def score(model: DataModel, kind: str, name: str, candidate: Resource) -> int:
    """How well a resource fits an entity of another name; 0: not at all.

    A name that holds the stated one counts 4, its telling words 3, and so does a misspelt name; a stated image 3, all
    keys of its data 4, what an entity shares with few others 2, ports and the rest 1 each.
    """
    points = _by_name(name, candidate.ref.name)
    stated = [s for s in model.about(kind, name) if s.understood and not s.later]
    keys = [s for s in stated if s.attribute.startswith(Prefix.DATA)]
    points += _by_keys(keys, candidate)
    return points + sum(_plays(candidate, statement) for statement in stated)


def _by_name(stated: str, found: str) -> int:
    if contains(found, stated):
        return _WHOLE_NAME
    telling, every = stem(stated), words(found)
    return _TELLING_WORDS if (telling and set(telling) <= set(every)) or _misspelt(stated, found) else 0


def _misspelt(stated: str, found: str) -> bool:
    """Whether two names differ in a character or two; numbers tell names apart, and so do short names."""
    if min(len(stated), len(found)) < 4 or _digits(stated) != _digits(found):
        return False
    return edit_distance(stated, found) <= (2 if len(stated) >= _LONG else 1)


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _by_keys(stated: list[Statement], candidate: Resource) -> int:
    """0 to 4: the share of the stated keys that the resource has."""
    value = dict(candidate.value)
    there = {key for place in ("data", "stringData", "binaryData") for key in mapping_at(value, (place,))}
    found = [s for s in stated if s.attribute.removeprefix(Prefix.DATA) in there]
    return 4 * len(found) // len(stated) if stated else 0


def _plays(candidate: Resource, statement: Statement) -> int:
    """What it counts that a resource has the property that a statement gives to its subject; 0 where it has not."""
    check = _PROPERTIES.get(statement.attribute)
    return check(candidate, statement.value) if check else 0


def _image(candidate: Resource, stated: str) -> int:
    images = [repository(text_at(c, ("image",)) or "") for _, c in containers(candidate)]
    return 3 if repository(stated) in images else 0


def _container_port(candidate: Resource, stated: str) -> int:
    ports = [at(p, ("containerPort",)) for _, c in containers(candidate) for p in items_at(c, ("ports",))]
    return int(stated in map(str, ports))


def _service_port(key: str) -> Callable[[Resource, str], int]:
    def check(candidate: Resource, stated: str) -> int:
        ports = items_at(dict(candidate.value), ("spec", "ports"))
        return int(any(str(mapping_at(port).get(key)) == stated for port in ports))

    return check


def _selector(candidate: Resource, stated: str) -> int:
    found = mapping_at(dict(candidate.value), ("spec", "selector"))
    labels = mapping_at(found, ("matchLabels",)) or found
    return 2 if set(stated.split(",")) <= {f"{key}={value}" for key, value in labels.items()} else 0


def _field(*route: str, counts: int = 2) -> Callable[[Resource, str], int]:
    return lambda candidate, stated: counts if str(candidate.get(*route)) == stated else 0


def _host(candidate: Resource, stated: str) -> int:
    rules = items_at(dict(candidate.value), ("spec", "rules"))
    return 2 if any(at(rule, ("host",)) == stated for rule in rules) else 0


def _backend(candidate: Resource, stated: str) -> int:
    rules = items_at(dict(candidate.value), ("spec", "rules"))
    paths = [path for rule in rules for path in items_at(rule, ("http", "paths"))]
    return 2 if any(at(path, ("backend", "service", "name")) == stated for path in paths) else 0


def _access_mode(candidate: Resource, stated: str) -> int:
    modes = candidate.get("spec", "accessModes")
    return int(isinstance(modes, list) and stated in modes)


_PROPERTIES: Mapping[str, Callable[[Resource, str], int]] = {
    Attribute.IMAGE: _image,
    Attribute.IMAGE_REPOSITORY: _image,
    Attribute.CONTAINER_PORT: _container_port,
    Attribute.PORT: _service_port("port"),
    Attribute.TARGET_PORT: _service_port("targetPort"),
    Attribute.NODE_PORT: _service_port("nodePort"),
    Attribute.SELECTOR: _selector,
    Attribute.SCHEDULE: _field("spec", "schedule"),
    Attribute.SERVICE_NAME: _field("spec", "serviceName"),
    Attribute.HOST: _host,
    Attribute.BACKEND_SERVICE: _backend,
    Attribute.SIZE: _field("spec", "resources", "requests", "storage", counts=1),
    Attribute.ACCESS_MODE: _access_mode,
    Attribute.STORAGE_CLASS: _field("spec", "storageClassName", counts=1),
    Attribute.TARGET: lambda candidate, stated: (
        2 if candidate.get("spec", "scaleTargetRef", "name") == stated.rpartition("/")[2] else 0
    ),
}


def tied(paired: Mapping[tuple[str, str], Resource], entity: tuple[str, str], candidate: Resource) -> int:
    """What ties a resource to an entity through another pair; 3 for such a tie, 0 for none.

    It is a Service of the same telling words that selects it, or a workload of these words that it selects.
    """
    for (kind, name), other in paired.items():
        if not akin(name, entity[1]):
            continue
        if kind == Kind.SERVICE and entity[0] in WORKLOADS and _selects(other, candidate):
            return 3
        if kind in WORKLOADS and entity[0] == Kind.SERVICE and _selects(candidate, other):
            return 3
    return 0


def _selects(service: Resource, workload: Resource) -> bool:
    wanted = mapping_at(dict(service.value), ("spec", "selector"))
    return bool(wanted) and wanted.items() <= pod_labels(workload).items()
