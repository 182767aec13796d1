"""Lines that are nested as a manifest is: ``spec``, ``template``, ``containers``, ``image: shop/web:1``.

A line gives the route to its field by the keys of the items in which it is nested, or by a key with dots. Its value
is YAML, a word, or words that only say what the field is for.
"""

from __future__ import annotations

import itertools
import re

from todo_lint.kubernetes_yaml.document import Json, YamlDocument
from todo_lint.kubernetes_yaml.reader import read_document
from todo_lint.model.reading.code.manifests import Field, read_fields
from todo_lint.model.reading.facts import Fact, Reading
from todo_lint.model.reading.firmness import Firmness, read_firmness
from todo_lint.model.reading.text import EMPTY, last_remark, plain, without_remarks, words_of
from todo_lint.model.reading.values.pairs import read_pair
from todo_lint.model.reading.values.value_words import is_description, is_type
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.reading.vocabulary.phrases import pairs
from todo_lint.model.statements import NO_RESOURCES, Kind, Prefix
from todo_lint.records import replace

_MANIFEST = ("metadata", "spec", "template", "data", "stringData")
_DATA = ("data", "stringData")
_CONTAINERS = ("containers", "initContainers")
_LISTS = frozenset(
    (*_CONTAINERS, "ports", "env", "envFrom", "volumes", "volumeMounts", "imagePullSecrets", "tolerations", "rules",
     "paths", "tls", "metrics", "ingress", "egress", "volumeClaimTemplates")
)  # fmt: skip
"""Fields that hold a list: what is nested below one without a dash of its own is of its first item."""
_MAPPINGS = frozenset(
    ("metadata", "spec", "template", "selector", "matchLabels", "labels", "annotations", "resources", "requests",
     "limits", "http", "httpGet", "backend", "securityContext", "valueFrom", "scaleTargetRef", *_LISTS)
)  # fmt: skip
"""Fields that hold a mapping or a list: a text behind one lists what is in it, or has a form of its own."""
_OF_PAIRS = ("labels", "annotations", "matchLabels")
"""Fields that hold pairs of texts, which documents write as ``app=web, tier=front`` as well."""
_IN_WORDS = (
    "readinessProbe",
    "livenessProbe",
    "startupProbe",
    "resources",
    "requests",
    "limits",
    "ports",
    "selector",
)
"""Fields that are said in words in documents, and that hold a mapping in manifests."""
_DESCRIBES = Reading(prose="it says what the field is for")


def route_of(path: tuple[str, ...], key: str) -> str:
    """The route to the field of a line: the keys of the items in which it is nested, and its own."""
    return ".".join(plain(part).strip(":") for part in (*path, key))


def is_mapping(text: str) -> bool:
    """Whether an item of a list is a mapping in YAML: ``{name: web, value: 1}``."""
    return text.startswith("{") and text.endswith("}")


def read_manifest_line(kind: str, route: str, value: str) -> Reading | None:
    """Read what a line says of the field at a route; None where that is no route of a manifest of the kind.

    Args:
        kind: the kind of the resource that the line is about.
        route: keys with dots between them, ``spec.template.spec.containers[0].image``; indices may be left out.
        value: what stands behind the key.
    """
    steps = _steps(route)
    if not steps or steps[0] not in _MANIFEST or kind in NO_RESOURCES or _is_words(steps[-1], kind):
        return None
    if steps[-2:-1] == ["volumes"]:
        return None  # a volume in words is told, with the form that is read
    last = steps[-1]
    if isinstance(last, str) and last in _IN_WORDS and (said := read_pair(kind, last, value).facts):
        return Reading(tuple(replace(fact, part=_container_in(steps) or fact.part) for fact in said))
    firm = read_firmness(value)
    content = _content(last, value, firm)
    if isinstance(content, str) and _describes(steps, content, value):
        if steps[0] not in _DATA or len(steps) == 1:
            return _DESCRIBES
        content = None
    facts = tuple(_fact(field, firm, steps) for field in _fields(kind, steps, content))
    return Reading(facts, prose="" if facts else "it states nothing that is compared")


def _content(last: str | int, value: str, firm: Firmness) -> Json:
    """The value of a line as YAML has it; as it is written where it is none."""
    document = read_document(plain(firm.text if last_remark(value) is None else without_remarks(value)))
    content = document.value if isinstance(document, YamlDocument) else plain(value)
    found = pairs(content) if last in _OF_PAIRS and isinstance(content, str) else None
    return dict(found) if found else content


def _describes(steps: list[str | int], content: str, value: str) -> bool:
    """Whether a text behind a key says what the field is for, or what is in it, and states nothing."""
    last = steps[-1]
    if value.strip().startswith(("`", '"', "'")) or last in ("command", "args") or "annotations" in steps:
        return False
    if isinstance(last, str) and (
        last in _MAPPINGS or words_of(content) in (words_of(last), f"{words_of(last)}name")
    ):
        return True
    return is_type(value) or is_description(value)


def _fields(kind: str, steps: list[str | int], content: Json) -> list[Field]:
    nested: Json = content
    for step in reversed(steps):
        nested = _put(step, nested)
    if not isinstance(nested, dict):
        return []
    if kind == Kind.SECRET:
        nested.pop("immutable", None)
    return list(read_fields(kind, {"kind": kind, **nested}))


def _fact(field: Field, firm: Firmness, steps: list[str | int]) -> Fact:
    empty = "" if field.attribute.startswith((Prefix.DATA, Prefix.ENV)) else EMPTY
    part = _container_in(steps) or field.part
    return Fact(field.attribute, field.value or empty, firm.modality, part=part)


def _container_in(steps: list[str | int]) -> str:
    """The name of the container that a route leads into: ``containers[web]``."""
    pairs = itertools.pairwise(map(str, steps))
    return next((name[1:-1] for step, name in pairs if step in _CONTAINERS and name.startswith("[")), "")


def _is_words(step: str | int, kind: str) -> bool:
    """Whether the last step of a route is no field but a word for one: ``Replicas`` below ``spec``."""
    return isinstance(step, str) and step[:1].isupper() and phrase_for(kind, step) is not None


def _steps(route: str) -> list[str | int]:
    """The steps of a route, with the first item of a list where none is named; empty for what is no route."""
    steps: list[str | int] = []
    for part in re.findall(r"\"[^\"]+\"|'[^']+'|[^.\[\]]+|\[[\w-]*\]", route):
        item = part.startswith("[")
        if not item and steps and steps[-1] in _LISTS and steps[0] not in _DATA:
            steps.append(0)
        steps.append(0 if re.fullmatch(r"\[\d*\]", part) else part.strip(" \"'"))
    return steps if all(isinstance(s, int) or re.fullmatch(r"[\w./-]+|\[[\w-]+\]", s) for s in steps) else []


def _put(step: str | int, value: Json) -> Json:
    """What a step of a route leads to: a field, an item, or the item of a name (``containers[web]``)."""
    if isinstance(step, int):
        return [value]
    if not step.startswith("["):
        return {step: value}
    return [{"name": step[1:-1], **(value if isinstance(value, dict) else {"value": value})}]
