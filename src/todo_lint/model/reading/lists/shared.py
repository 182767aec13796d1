"""One line about several resources of a kind: ``NodePort for frontend, ClusterIP for backend``, a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from todo_lint.model.reading.entity import Entity
from todo_lint.model.reading.facts import Fact
from todo_lint.model.reading.firmness import environment_of
from todo_lint.model.reading.kinds import slug
from todo_lint.model.reading.names import Names
from todo_lint.model.reading.page import WORKLOAD_KINDS
from todo_lint.model.reading.text import last_remark, plain, words_of
from todo_lint.model.reading.values.ingress_rules import PATHS
from todo_lint.model.reading.values.one_value import read_value
from todo_lint.model.reading.values.value_words import is_description
from todo_lint.model.reading.vocabulary.keys import phrase_for
from todo_lint.model.reading.vocabulary.phrases import name
from todo_lint.model.statements import Attribute, Kind
from todo_lint.patterns import pattern

Stated = list[tuple[Entity, tuple[Fact, ...]]]

_PARTS = pattern(r"\s*(?:[,;\n]|\bor\b|\band\b)\s*(?![^()]*\))")
_OF_ROLE = pattern(r"(?P<value>\S+(?: \S+)?) (?:for (?:the )?(?P<role>[\w -]+?)|\((?P<in>[\w -]+)\))")
_NO_ROLES = frozenset((
    "external", "internal", "local", "access", "each", "all", "both", "every", "any", "default", "example",
    "optional", "traffic", "services", "others", "now", "testing", "users", "pods", "high", "availability",
    "service", "deployment",
))  # fmt: skip
_NAME = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def read_shared(kind: str, key: str, value: str, known: Names) -> Stated:
    """What a line below a heading that names a kind alone says of several resources of that kind.

    ``known`` are the entities of the document so far. An empty list where it says nothing of several.
    """
    phrase = phrase_for(kind, key)
    if phrase is None or (kind == Kind.INGRESS and words_of(key) in PATHS):
        return []  # ``/ for web, /api for api`` are paths of one Ingress
    found = last_remark(value)
    texts = [value, *([found[1]] if found and is_description(found[0]) else [])]
    if phrase is name:
        named = next((names for text in texts if len(names := list(_names(text))) > 1), [])
        return [(_named(kind, one, known), (Fact(Attribute.NAME, one),)) for one in named]
    for text in texts:
        parts = [_OF_ROLE.fullmatch(part) for part in _PARTS.split(text)]
        stated = [(_role(part), read_value(phrase, part["value"]).facts) for part in parts if part]
        if len(parts) > 1 and len(stated) == len(parts) and all(role and facts for role, facts in stated):
            return [(_of_role(kind, role, known), facts) for role, facts in stated]
    return []


def _names(text: str) -> Iterator[str]:
    """The names of a list of nothing but names, as Kubernetes has them, with a hyphen."""
    parts = [plain(part) for part in _PARTS.split(text)]
    if all(_NAME.fullmatch(part) for part in parts):
        yield from parts


def _role(part: re.Match[str]) -> str:
    words = (part["role"] or part["in"]).lower().split()
    spoken = environment_of(" ".join(words)) or set(words) & _NO_ROLES or len(words) > 3
    return "" if spoken else slug(words)


def _named(kind: str, called: str, known: Names) -> Entity:
    return known.named((kind,), called) or Entity(kind, called)


def _of_role(kind: str, role: str, known: Names) -> Entity:
    return known.named((kind,), role) or known.only_part((kind,), role) or Entity(kind, role=role)


_CONSUMERS = ("consumed by", "used by", "referenced by", "injected into")
_CODE = pattern(r"`([a-z0-9][-a-z0-9.]*)`")


def read_consumers(entity: Entity, key: str, value: str, known: Names) -> Stated:
    """``Consumed By: `api` via `envFrom.configMapRef```: workloads that take all keys of a ConfigMap or Secret."""
    kinds = {Kind.CONFIG_MAP: "ConfigMap", Kind.SECRET: "Secret"}
    if entity.kind not in kinds or not entity.known_as or words_of(key) not in _CONSUMERS or "envFrom" not in value:
        return []
    workloads = [known.named(sorted(WORKLOAD_KINDS), one) for one in _CODE.findall(value)]
    where = f"{kinds[Kind(entity.kind)]}/{entity.known_as}"
    return [(workload, (Fact(Attribute.ENV_FROM, where),)) for workload in workloads if workload]
