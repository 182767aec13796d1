"""Label selectors, and an index that finds what they select without looking at everything.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from todo_lint.kubernetes_yaml.document import Json
from todo_lint.manifests.resources import items_at, mapping_at, text_at

Labels = Mapping[str, Json]
Selector = Mapping[str, Json]
"""A LabelSelector: ``matchLabels`` and ``matchExpressions``; an empty one selects everything."""

_Item = TypeVar("_Item")


def by_labels(labels: Labels) -> Selector:
    """The selector of a Service or a ReplicationController, which is a bare mapping of labels, as a LabelSelector."""
    return {"matchLabels": dict(labels)}


def selects(selector: Selector, labels: Labels) -> bool:
    """Whether a selector selects something with these labels."""
    wanted = mapping_at(dict(selector), ("matchLabels",))
    if any(labels.get(key) != value for key, value in wanted.items()):
        return False
    return all(_meets(expression, labels) for expression in items_at(dict(selector), ("matchExpressions",)))


def _meets(expression: Json, labels: Labels) -> bool:
    key, operator = text_at(expression, ("key",)) or "", text_at(expression, ("operator",))
    values = items_at(expression, ("values",))
    if operator == "In":
        return key in labels and labels[key] in values
    if operator == "NotIn":
        return key not in labels or labels[key] not in values
    return (key in labels) == (operator == "Exists")


def selector_keys(selector: Selector) -> tuple[str, ...]:
    """The label keys that a selector asks for, in its order."""
    expressions = (text_at(each, ("key",)) or "" for each in items_at(dict(selector), ("matchExpressions",)))
    return (*mapping_at(dict(selector), ("matchLabels",)), *expressions)


def show_selector(selector: Selector) -> str:
    """A selector as kubectl writes it: ``app=web,tier in (a, b)``."""
    parts = [f"{key}={value}" for key, value in mapping_at(dict(selector), ("matchLabels",)).items()]
    for expression in items_at(dict(selector), ("matchExpressions",)):
        key, operator = text_at(expression, ("key",)), text_at(expression, ("operator",))
        values = ", ".join(map(str, items_at(expression, ("values",))))
        known = {"In": f"{key} in ({values})", "NotIn": f"{key} notin ({values})", "DoesNotExist": f"!{key}"}
        parts.append(known.get(operator or "", str(key)))
    return ",".join(parts) or "everything"


class LabelIndex(Generic[_Item]):
    """Labelled things by namespace and label.

    A selector is answered from the shortest list of things that carry one of its labels; equal selectors are
    answered once.
    """

    def __init__(self, things: Iterable[tuple[str, Labels, _Item]]) -> None:
        self._all: dict[str, list[tuple[Labels, _Item]]] = {}
        self._carrying: dict[tuple[str, str, str], list[tuple[Labels, _Item]]] = {}
        self._known: dict[tuple[str, str], tuple[_Item, ...]] = {}
        for namespace, labels, item in things:
            entry = (labels, item)
            self._all.setdefault(namespace, []).append(entry)
            for key, value in labels.items():
                self._carrying.setdefault((namespace, key, str(value)), []).append(entry)

    def select(self, selector: Selector, namespace: str) -> tuple[_Item, ...]:
        """What a selector selects in a namespace, each once, in the order in which it was added."""
        key = (namespace, repr(selector))
        if key not in self._known:
            found = [item for labels, item in self._candidates(selector, namespace) if selects(selector, labels)]
            self._known[key] = tuple({id(item): item for item in found}.values())
        return self._known[key]

    def _candidates(self, selector: Selector, namespace: str) -> list[tuple[Labels, _Item]]:
        lists = [
            self._carrying.get((namespace, key, str(value)), [])
            for key, value in mapping_at(dict(selector), ("matchLabels",)).items()
        ]
        return min(lists, key=len) if lists else self._all.get(namespace, [])
